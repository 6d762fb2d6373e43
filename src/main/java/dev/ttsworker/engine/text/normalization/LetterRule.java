package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Abbreviations;
import dev.ttsworker.engine.text.Abbreviations.Place;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Text normalization of the letter A where it is not the article: `vitamin A`, `Plan A`, `an A`,
/// `A to Z`, `A/B`, `"A"`, `A+`.
final class LetterRule implements Rule {
  private static final BoundedPattern PAIR =
      BoundedPattern.of("A/(?<second>[B-Z])(?![\\p{L}\\p{N}_/])");
  private static final BoundedPattern PLUS = BoundedPattern.of("A\\+(?![\\p{L}\\p{N}_+=])");
  private static final Set<String> BETWEEN = Set.of("and", "or", "to", "vs", "versus");
  private static final String OPENERS = "\"'“‘([";
  private static final String CLOSERS = "\"'”’)]";

  private final Set<String> lettered;
  private final Set<String> always;

  LetterRule() {
    Tables tables = Tables.read("acronyms.txt");
    lettered = tables.words("before a letter");
    always = tables.words("always before a letter");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    if (text.peek(at) != 'A' || !text.isWordStart(at) || !text.isWordEnd(at + 1)) {
      return Optional.empty();
    }
    return PAIR.at(text, at)
        .map(m -> Verbalization.of(m.end(), "A " + m.group("second")))
        .or(() -> PLUS.at(text, at).map(m -> Verbalization.of(m.end(), Letters.LONE_A + " plus")))
        .or(() ->
            isLetter(text, at)
                ? Optional.of(Verbalization.of(at + 1, Letters.LONE_A))
                : Optional.empty());
  }

  private boolean isLetter(Cursor text, int at) {
    if (!Cursor.isBlank(text.peek(at + 1))) {
      int opener = OPENERS.indexOf(text.peek(at - 1));
      return opener >= 0 && CLOSERS.indexOf(text.peek(at + 1)) == opener;
    }
    String after = text.wordAfter(at + 1);
    if (after.isEmpty()) {
      return false;
    }
    String before = RomanRule.wordBefore(text, at);
    return isNamed(Abbreviations.expansion(Place.BEFORE_NUMBER, before).orElse(before), after)
        || (BETWEEN.contains(after)
            && isOther(text.wordAfter(text.afterBlanks(at + 1) + after.length())));
  }

  private boolean isNamed(String before, String after) {
    String word = before.toLowerCase(Locale.ROOT);
    boolean shouted = before.length() > 1 && before.equals(before.toUpperCase(Locale.ROOT));
    boolean title = Character.isUpperCase(after.charAt(0));
    return !shouted && (always.contains(word) || (lettered.contains(word) && !title));
  }

  /// Whether it is another letter, and not the pronoun.
  private static boolean isOther(String word) {
    return word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
  }
}
