package dev.ttsworker.text.normal;

import java.util.Optional;
import java.util.regex.MatchResult;

/// Capitals that are spelled: `FBI`, `APIs`, `U.S.A.`, initials, `J. R. R. Tolkien`, and the letter
/// A by itself.
final class AcronymRule implements Rule {
  private static final Form CAPITALS =
      Form.of("(?<letters>[A-Z]{2,6}+)(?<end>['’]?s|['’]S)?+(?![\\p{L}\\p{N}_]|['’]\\p{L})");
  private static final Form DOTTED =
      Form.of(
          "(?<letters>[A-Z](?:\\.[A-Z]){1,7}+)(?<stop>\\.)?+(?<end>['’]?s)?+(?![\\p{L}\\p{N}_])");
  private static final Form INITIAL =
      Form.of(
          "(?<letter>[A-HJ-Z]|I(?=\\. ?[A-Z]\\.))\\.(?= ?(?:[A-Z]\\. ?){0,5}+\\p{Lu}[\\p{L}'’-])");

  private final Letters letters;
  private final LetterRule lone = new LetterRule();

  AcronymRule(English english) {
    this.letters = english.letters();
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    if (!Character.isUpperCase(text.look(at)) || !text.isWordStart(at)) {
      return Optional.empty();
    }
    return DOTTED
        .at(text, at)
        .map(m -> dotted(text, m))
        .or(() ->
            INITIAL
                .at(text, at)
                .filter(_ -> isName(text, at))
                .map(m ->
                    Reading.of(m.end(), Letters.withoutArticle(m.group("letter"), text, m.end()))))
        .or(() -> lone.read(text, at))
        .or(() -> CAPITALS.at(text, at).flatMap(m -> capitals(text, m)));
  }

  /// Whether a name, or nothing, comes before the initial.
  private static boolean isName(Source text, int at) {
    String before = text.wordBefore(at);
    boolean listed = before.length() > 1 && Character.isLowerCase(before.charAt(0));
    return !listed
        || java.util.List.of(
                "by",
                "with",
                "and",
                "from",
                "for",
                "to",
                "of",
                "as",
                "like",
                "author",
                "see",
                "met",
                "is",
                "was",
                "says",
                "said",
                "president",
                "director")
            .contains(before);
  }

  private static Reading dotted(Source text, MatchResult match) {
    boolean stop =
        match.group("stop") != null
            && match.group("end") == null
            && text.isLastWordEnd(match.end());
    String end = match.group("end") == null ? "" : "'s";
    return Reading.of(match.end(), Letters.spell(match.group("letters")) + end + (stop ? "." : ""));
  }

  private Optional<Reading> capitals(Source text, MatchResult match) {
    String capitals = match.group("letters");
    boolean shouted =
        isShouted(text.wordBefore(match.start())) || isShouted(text.wordAfter(match.end()));
    if (!letters.isSpelled(capitals, shouted)) {
      return Optional.empty();
    }
    String end = match.group("end") == null ? "" : "'s";
    return Optional.of(Reading.of(match.end(), Letters.spell(capitals) + end));
  }

  private boolean isShouted(String word) {
    return word.length() > 1
        && word.chars().allMatch(Character::isUpperCase)
        && !letters.isSpelled(word, true);
  }
}
