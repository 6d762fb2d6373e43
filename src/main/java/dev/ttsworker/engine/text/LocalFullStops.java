package dev.ttsworker.engine.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Full stop disambiguation of a language other than English, by its lists. Immutable.
final class LocalFullStops implements FullStopRules {
  private static final int LONGEST_ORDINAL = 3;
  private static final int MOST_PARTS = 4;
  private static final String VOWELS = "aeiouyàáâäãèéêëìíîïòóôöõùúûüąęœ";

  /// Single letters that are units after a number: "9,58 s."
  private static final String UNITS = "mgshlt";

  private static final Predicate<String> ROMAN =
      Pattern.compile("(?=.)(?:X{0,3}|XL|LX{0,3}|XC|C{1,3})(?:IX|IV|V?I{0,3})").asMatchPredicate();
  private static final Predicate<String> THOUSANDS =
      Pattern.compile("\\d{1,3}(?:\\.\\d{3}){1,3}").asMatchPredicate();
  private static final String RESOURCE = "local-stops.txt";
  private static final Map<String, LocalFullStops> ALL = load();

  private final WordList never;
  private final WordList mayBeLast;
  private final WordList seldomLast;
  private final WordList alsoWords;
  private final WordList letters;
  private final WordList starts;
  private final WordList oftenStarts;

  /// Whether digits with a full stop may be an ordinal in this language.
  private final boolean ordinals;

  private final WordList beforeOrdinals;
  private final WordList afterOrdinals;
  private final String genitiveEndings;
  private final String closers;
  private final String spacedQuotes;

  private LocalFullStops(String language, Map<String, List<String>> sections) {
    never = words(sections, language + " never last");
    mayBeLast = words(sections, language + " may be last");
    seldomLast = words(sections, language + " seldom last");
    alsoWords = words(sections, language + " also words");
    letters = words(sections, language + " letters");
    starts = words(sections, language + " starts");
    oftenStarts = words(sections, language + " often starts");
    ordinals = sections.containsKey("[" + language + " after an ordinal]");
    beforeOrdinals = words(sections, language + " before an ordinal");
    afterOrdinals = words(sections, language + " after an ordinal");
    genitiveEndings = String.join("", entries(sections, language + " genitive endings"));
    closers = String.join("", entries(sections, language + " closers"));
    spacedQuotes = String.join("", entries(sections, language + " spaced quotes"));
  }

  private static WordList words(Map<String, List<String>> sections, String name) {
    return new WordList(entries(sections, name));
  }

  private static List<String> entries(Map<String, List<String>> sections, String name) {
    return sections.getOrDefault("[" + name + "]", List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
        .toList();
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
  public boolean startsSentence(String word) {
    return startsNoName(word) || oftenStarts.has(word) || oftenStarts.has(elided(word));
  }

  @Override
  public boolean startsNoName(String word) {
    return starts.has(word) || starts.has(elided(word));
  }

  /// The elided word before an apostrophe, with it: "C'est" gives "C'". Else the word.
  private static String elided(String word) {
    String plain = word.replace('’', '\'');
    return plain.substring(0, plain.indexOf('\'') + 1);
  }

  @Override
  public boolean followsOrdinal(String word) {
    return afterOrdinals.has(word);
  }

  @Override
  public BoundaryRule ruleAfter(CharSequence text) {
    if (text.isEmpty() || FullStops.isBlankAt(text, text.length() - 1)) {
      return FullStops.ruleAfter(text);
    }
    int start = wordStart(text);
    String word = text.subSequence(start, text.length()).toString();
    if (word.isEmpty()) {
      return BoundaryRule.BLANK;
    }
    if (Character.isDigit(word.charAt(word.length() - 1))) {
      return word.length() > FullStops.LONGEST_WORD
          ? BoundaryRule.BLANK
          : afterNumber(text, start, word);
    }
    if (isUnit(text, start, word)) {
      return BoundaryRule.CAPITAL;
    }
    return listed(text, start, word).orElseGet(() -> unlisted(text, start, word));
  }

  /// Where the last word begins; a hyphen after a full stop is part of a listed one, as in "J.-C".
  private int wordStart(CharSequence text) {
    int start = FullStops.wordStart(text);
    boolean hyphenated =
        start > 1 && text.charAt(start - 1) == '-' && text.charAt(start - 2) == '.';
    if (!hyphenated) {
      return start;
    }
    int from = Math.max(0, start - 2 * FullStops.LONGEST_WORD);
    int first = from + FullStops.wordStart(text.subSequence(from, start - 1));
    return listed(text.subSequence(first, text.length()).toString()).isPresent() ? first : start;
  }

  /// The rule of a listed abbreviation, whose parts may stand apart; the longest counts.
  private Optional<BoundaryRule> listed(CharSequence text, int start, String word) {
    Optional<BoundaryRule> rule = listed(word);
    String joined = word;
    int at = start;
    for (int parts = 1; parts < MOST_PARTS && FullStops.isBlankAt(text, at - 1); parts++) {
      String before = LastWord.before(text, at);
      joined = before + joined;
      if (before.isEmpty() || joined.length() > FullStops.LONGEST_WORD) {
        break;
      }
      Optional<BoundaryRule> longer = joined.indexOf('.') > 0 ? listed(joined) : Optional.empty();
      rule = longer.isPresent() ? longer : rule;
      at -= before.length() + 1;
    }
    return rule;
  }

  private Optional<BoundaryRule> listed(String word) {
    if (never.has(word)) {
      return Optional.of(BoundaryRule.NEVER);
    }
    if (seldomLast.has(word)) {
      return Optional.of(BoundaryRule.STARTER);
    }
    if (mayBeLast.has(word)) {
      return Optional.of(BoundaryRule.CAPITAL);
    }
    return alsoWords.has(word) ? Optional.of(BoundaryRule.NO_NUMBER) : Optional.empty();
  }

  private BoundaryRule unlisted(CharSequence text, int start, String word) {
    if (word.length() > FullStops.LONGEST_WORD) {
      return BoundaryRule.BLANK;
    }
    if (ordinals && ROMAN.test(word)) {
      return afterRoman(text, start, word);
    }
    if (word.length() == 1) {
      return afterLetter(text, start);
    }
    return FullStops.isDotted(word) || isConsonants(word)
        ? BoundaryRule.STARTER
        : BoundaryRule.BLANK;
  }

  /// Whether it has no vowel and no capital but the first letter, as only abbreviations have.
  private static boolean isConsonants(String word) {
    return word.chars().allMatch(Character::isLetter)
        && word.chars().skip(1).allMatch(Character::isLowerCase)
        && word.chars().noneMatch(c -> VOWELS.indexOf(Character.toLowerCase(c)) >= 0);
  }

  private static boolean isUnit(CharSequence text, int start, String word) {
    return word.length() == 1
        && UNITS.indexOf(word.charAt(0)) >= 0
        && isNumber(LastWord.before(text, start));
  }

  /// A capital is an initial; a small letter is a word of the language, or part of an abbreviation,
  /// as always after a number: "50 a. C."
  private BoundaryRule afterLetter(CharSequence text, int start) {
    char letter = text.charAt(start);
    if (Character.isUpperCase(letter)) {
      return BoundaryRule.LETTER;
    }
    String before = LastWord.before(text, start);
    boolean counted = isNumber(before) || ROMAN.test(before);
    boolean word = letters.has(Character.toString(letter)) && !counted && start > 0;
    return word ? BoundaryRule.BLANK : BoundaryRule.NEVER;
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && Character.isDigit(word.charAt(word.length() - 1));
  }

  private BoundaryRule afterNumber(CharSequence text, int start, String number) {
    boolean item =
        number.length() <= Punctuation.LONGEST_ITEM_NUMBER && FullStops.isItemStart(text, start);
    if (item) {
      return BoundaryRule.NEVER;
    }
    boolean decimal = start > 0 && ",:".indexOf(text.charAt(start - 1)) >= 0;
    if (!ordinals || decimal) {
      return BoundaryRule.BLANK_LATER;
    }
    boolean plain = number.chars().allMatch(Character::isDigit);
    if (plain ? number.length() <= LONGEST_ORDINAL : THOUSANDS.test(number)) {
      return isBeforeOrdinal(LastWord.before(text, start))
          ? BoundaryRule.ORDINAL
          : BoundaryRule.NO_ORDINAL;
    }
    return plain ? BoundaryRule.BLANK_LATER : BoundaryRule.NO_ORDINAL;
  }

  /// A single Roman letter may also be an initial: "Der Autor C. Schmidt".
  private BoundaryRule afterRoman(CharSequence text, int start, String numeral) {
    if (numeral.length() > 1) {
      return isBeforeOrdinal(LastWord.before(text, start))
          ? BoundaryRule.ORDINAL
          : BoundaryRule.NO_ORDINAL;
    }
    return BoundaryRule.LETTER;
  }

  /// Whether the word, as an article or a name in the genitive, "Beethovens", precedes ordinals.
  private boolean isBeforeOrdinal(String word) {
    boolean genitive =
        word.length() > 1
            && Character.isUpperCase(word.charAt(0))
            && genitiveEndings.indexOf(word.charAt(word.length() - 1)) >= 0;
    return genitive || beforeOrdinals.has(word);
  }
}
