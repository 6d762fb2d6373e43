package dev.ttsworker.engine.text.normalization;

import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.MatchResult;

/// Text normalization of technical names: those of the table (`C++`, `iOS`, `w/o`), identifiers
/// (`max_wait_ms`, `getName()`), and letters with digits (`MP3`, `H2O`, `GPT-4o`, `1080p`).
final class NameRule implements Rule {
  private static final int LONGEST_NAME = 14;
  private static final BoundedPattern PROGRAM =
      BoundedPattern.of(
          "(?<name>[\\p{L}\\p{N}]{1,40}+(?:__?[\\p{L}\\p{N}]{1,40}+){1,8}+|\\p{Ll}{1,20}(?:\\p{Lu}\\p{Ll}{1,20}+){1,6}+(?=\\(\\)))(?:\\(\\))?+");
  private static final BoundedPattern METHOD =
      BoundedPattern.of(
          "(?<name>\\p{L}[\\p{L}\\p{N}_]{0,30}+(?:\\.\\p{L}[\\p{L}\\p{N}_]{0,30}+){1,5}+)(?:\\(\\)|(?=\\())");
  private static final BoundedPattern KEYS =
      BoundedPattern.of(
          "(?:Ctrl|Control|Alt|Shift|Cmd|Command|Option|Opt|Win|Windows|Fn|Meta|Super)"
              + "(?:[+](?:[A-Z][a-z]{1,10}+|[A-Z]\\d{0,2}+|\\d)){1,3}+(?![\\p{L}\\p{N}_])");
  private static final BoundedPattern CALL =
      BoundedPattern.of("(?<name>\\p{L}[\\p{L}\\p{N}]{1,30}+)\\(\\)");
  private static final BoundedPattern MIXED =
      BoundedPattern.of(
          "(?:(?<letters>[A-Z]{1,6})-?(?<digits>\\d{1,5})(?<end>[A-Za-z]{0,3}?(?:-?\\d{1,3})?)"
              + "|(?<any>[A-Za-z]{1,15}\\d{1,6}[A-Za-z0-9]{0,12}|\\d{1,6}[A-Za-z]{1,12}[A-Za-z0-9]{0,12}))(?<plural>['’]?s)?(?![\\p{L}\\p{N}_])");

  private final Letters letters;
  private final Map<String, String> keys = Tables.read("acronyms.txt").section("names of keys");
  private final Map<String, String> names = Tables.read("acronyms.txt").section("names");

  NameRule(English english) {
    this.letters = english.letters();
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return named(text, at)
        .map(name ->
            Verbalization.of(name.end(), Letters.withoutArticle(name.words(), text, name.end())));
  }

  private Optional<Verbalization> named(Cursor text, int at) {
    return listed(text, at)
        .or(() ->
            KEYS.at(text, at)
                .filter(_ -> text.isWordStart(at))
                .map(m -> Verbalization.of(m.end(), keys(m.group()))))
        .or(() ->
            PROGRAM
                .at(text, at)
                .map(m ->
                    Verbalization.of(
                        m.end(), letters.name(m.group("name")).replace("underscore ", ""))))
        .or(() ->
            METHOD
                .at(text, at)
                .filter(_ -> text.isWordStart(at))
                .map(m -> Verbalization.of(m.end(), letters.name(m.group("name")))))
        .or(() ->
            CALL.at(text, at).map(m -> Verbalization.of(m.end(), letters.name(m.group("name")))))
        .or(() -> MIXED.at(text, at).map(this::mixed));
  }

  /// Key combinations: `Ctrl+C`.
  private String keys(String written) {
    StringJoiner words = new StringJoiner(" ");
    for (String key : written.split("[+]", -1)) {
      words.add(keys.getOrDefault(key, key.length() > 1 ? letters.name(key) : key));
    }
    return words.toString();
  }

  private Optional<Verbalization> listed(Cursor text, int at) {
    if (!text.isWordStart(at)) {
      return Optional.empty();
    }
    int longest = Math.min(LONGEST_NAME, text.length() - at);
    for (int length = longest; length > 1; length--) {
      if (Cursor.isWordPart(text.peek(at + length)) || "+#".indexOf(text.peek(at + length)) > 0) {
        continue;
      }
      String said = names.get(text.subSequence(at, at + length).toString());
      if (said != null) {
        return Optional.of(Verbalization.of(at + length, said));
      }
    }
    return Optional.empty();
  }

  private Verbalization mixed(MatchResult match) {
    String plural = match.group("plural");
    String suffix = plural == null ? "" : "'s";
    String name =
        match.group().substring(0, match.group().length() - (plural == null ? 0 : plural.length()));
    return Verbalization.of(
        match.end(),
        letters.code(name.replaceAll("(?<=\\d)-(?=\\d)", " ").replace("-", "")) + suffix);
  }
}
