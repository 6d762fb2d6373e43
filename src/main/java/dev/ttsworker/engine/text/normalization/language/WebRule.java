package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Text normalization of e-mail and web addresses: their signs in words; scheme, query and fragment
/// are not said. Top-level domains of two letters are spelled.
final class WebRule implements Rule {
  private static final String NAME = "[\\p{L}\\p{N}_-]{1,40}+";
  private static final String HOST = NAME + "(?:\\." + NAME + "){0,5}+";
  private static final BoundedPattern EMAIL =
      BoundedPattern.of(
          "(?<said>[\\p{L}\\p{N}._%+-]{1,60}+@" + NAME + "(?:\\.[\\p{L}\\p{N}-]{2,40}+){1,4}+)");
  private static final BoundedPattern URL =
      BoundedPattern.of(
          "(?:https?://|(?=www\\.))(?<said>"
              + HOST
              + "(?:/[\\p{L}\\p{N}._~%-]{1,60}+){0,6}+)(?<rest>/?+(?:[?#][^\\s<>\"“”]{0,80}+)?+)");
  private static final BoundedPattern DOMAIN =
      BoundedPattern.of(
          "(?<said>(?:"
              + NAME
              + "\\.){1,4}+(?<top>[a-z]{2,6}+)(?:/[\\p{L}\\p{N}._~%-]{1,60}+){0,6}+)(?![\\p{L}\\p{N}@])");
  private static final Set<String> TOPS =
      Set.of(
          "com org net info eu de at ch fr be es mx ar it pt br nl pl uk io dev app edu gov ai tv"
              .split(" ", -1));
  private static final Pattern PART = Pattern.compile("[\\p{L}]{1,60}|\\d{1,60}|[^\\p{L}\\d]");

  private final Language language;
  private final Map<String, String> signs;

  WebRule(Language language) {
    this.language = language;
    this.signs = language.data().values("web");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (!Character.isLetterOrDigit(text.peek(at)) || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return EMAIL
        .at(text, at)
        .or(() -> URL.at(text, at))
        .or(() -> DOMAIN.at(text, at).filter(m -> TOPS.contains(m.group("top"))))
        .map(this::said);
  }

  private Verbalization said(MatchResult match) {
    String said = match.group("said");
    int end = match.end();
    while (said.endsWith(".") || said.endsWith("-")) {
      said = said.substring(0, said.length() - 1);
      end--;
    }
    boolean cut = end < match.end() && match.group().length() > said.length() + 8;
    int slash = said.indexOf('/');
    int top = (slash < 0 ? said : said.substring(0, slash)).lastIndexOf('.') + 1;
    int topEnd = slash < 0 ? said.length() : slash;
    StringJoiner words = new StringJoiner(" ");
    PART.matcher(said)
        .results()
        .forEach(m ->
            words.add(part(m.group(), m.start() == top && m.end() == topEnd && topEnd - top == 2)));
    return Verbalization.of(cut ? match.end() : end, words.toString().replaceAll(" {2,}", " "));
  }

  private String part(String part, boolean spelled) {
    if (spelled && Character.isLetter(part.charAt(0))) {
      return part.toUpperCase(java.util.Locale.ROOT).replaceAll("(.)(.)", "$1 $2");
    }
    if (NumberReader.isDigit(part.charAt(0))) {
      return part.length() <= 4
          ? language.say(new WrittenNumber(0, "", part, "", false, false))
          : language.numerals().digits(part);
    }
    return Character.isLetter(part.charAt(0)) ? part : signs.getOrDefault(part, "");
  }
}
