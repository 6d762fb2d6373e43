package dev.ttsworker.engine.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Full stop disambiguation of a language other than English, by its lists. Immutable.
final class LocalFullStops implements FullStopRules {
  private static final int LONGEST_ORDINAL = 3;
  private static final String VOWELS = "aeiouyàáèéêíìòóôùúę";
  private static final String RESOURCE = "local-stops.txt";
  private static final Map<String, LocalFullStops> ALL = load();

  private final Set<String> never;
  private final Set<String> mayBeLast;
  private final Set<String> beforeOrdinals;
  private final String closers;
  private final String spacedQuotes;
  private final NumberStop numbers;

  /// What a full stop after digits is.
  private enum NumberStop {
    /// The mark of an ordinal before nouns, which have capitals.
    ORDINAL_BEFORE_CAPITALS,
    /// The mark of an ordinal before a small letter.
    ORDINAL,
    /// The end of a sentence.
    END
  }

  private LocalFullStops(String language, Map<String, List<String>> sections) {
    never = words(sections, language + " never last");
    mayBeLast = words(sections, language + " may be last");
    beforeOrdinals = words(sections, language + " before an ordinal");
    closers = String.join("", words(sections, language + " closers"));
    spacedQuotes = String.join("", words(sections, language + " spaced quotes"));
    numbers =
        switch (language) {
          case "de" -> NumberStop.ORDINAL_BEFORE_CAPITALS;
          case "pl" -> NumberStop.ORDINAL;
          default -> NumberStop.END;
        };
  }

  private static Set<String> words(Map<String, List<String>> sections, String name) {
    return sections.getOrDefault("[" + name + "]", List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, LocalFullStops> load() {
    Map<String, List<String>> sections = Sections.read(RESOURCE);
    Map<String, LocalFullStops> all = new HashMap<>();
    for (String heading : sections.keySet()) {
      String language = heading.substring(1, 3);
      all.computeIfAbsent(language, known -> new LocalFullStops(known, sections));
    }
    return Map.copyOf(all);
  }

  /// The rules of a tag's language.
  static Optional<LocalFullStops> of(String tag) {
    String[] parts = tag.toLowerCase(Locale.ROOT).split("[-_]", -1);
    return Optional.ofNullable(ALL.get(parts[0]));
  }

  @Override
  public boolean isCloser(int c) {
    return Punctuation.isCloser(c) || closers.indexOf(c) >= 0;
  }

  @Override
  public String spacedQuotes() {
    return spacedQuotes;
  }

  @Override
  public BoundaryRule ruleAfter(CharSequence text) {
    if (text.isEmpty() || FullStops.isBlankAt(text, text.length() - 1)) {
      return FullStops.ruleAfter(text);
    }
    int start = FullStops.wordStart(text);
    String word = text.subSequence(start, text.length()).toString().toLowerCase(Locale.ROOT);
    if (word.isEmpty() || word.length() > FullStops.LONGEST_WORD) {
      return BoundaryRule.BLANK;
    }
    if (Character.isDigit(word.charAt(word.length() - 1))) {
      return afterNumber(text, start, word);
    }
    if (isUnit(text, start, word)) {
      return BoundaryRule.CAPITAL;
    }
    if (never.contains(word)) {
      return BoundaryRule.NEVER;
    }
    if (mayBeLast.contains(word)) {
      return BoundaryRule.CAPITAL;
    }
    String written = text.subSequence(start, text.length()).toString();
    if (numbers != NumberStop.END && written.chars().allMatch(c -> "IVXLC".indexOf(c) >= 0)) {
      return BoundaryRule.CAPITAL;
    }
    if (word.length() == 1) {
      return afterLetter(text, start);
    }
    return FullStops.isDotted(word) ? BoundaryRule.CAPITAL : BoundaryRule.BLANK;
  }

  /// Whether a single letter after a number is a unit: "9,58 s." A vowel or d may go on: "50 d. C."
  private static boolean isUnit(CharSequence text, int start, String word) {
    return word.length() == 1
        && Character.isLowerCase(text.charAt(start))
        && (VOWELS + "d").indexOf(word.charAt(0)) < 0
        && isNumber(LastWord.before(text, start));
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(word.length() - 1));
  }

  /// A capital is an initial; a small vowel may be a word, except after a number: "50 a. C."
  private static BoundaryRule afterLetter(CharSequence text, int start) {
    char letter = text.charAt(start);
    String before = LastWord.before(text, start);
    boolean counted = isNumber(before);
    boolean word = VOWELS.indexOf(letter) >= 0 && !counted && start > 0;
    return word ? BoundaryRule.BLANK : BoundaryRule.NEVER;
  }

  private BoundaryRule afterNumber(CharSequence text, int start, String number) {
    boolean item =
        number.length() <= Punctuation.LONGEST_ITEM_NUMBER && FullStops.isItemStart(text, start);
    if (item) {
      return BoundaryRule.NEVER;
    }
    boolean plain = number.chars().allMatch(Character::isDigit);
    boolean ordinal = plain ? number.length() <= LONGEST_ORDINAL : number.indexOf('.') > 0;
    return switch (numbers) {
      case ORDINAL_BEFORE_CAPITALS -> {
        String before = LastWord.before(text, start).toLowerCase(Locale.ROOT);
        if (plain && ordinal && beforeOrdinals.contains(before)) {
          yield BoundaryRule.NEVER;
        }
        yield ordinal ? BoundaryRule.NO_ORDINAL : BoundaryRule.BLANK_LATER;
      }
      case ORDINAL -> ordinal ? BoundaryRule.CAPITAL : BoundaryRule.BLANK_LATER;
      case END -> BoundaryRule.BLANK_LATER;
    };
  }
}
