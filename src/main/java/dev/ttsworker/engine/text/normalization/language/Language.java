package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Grammar and vocabulary of one language, shared by its rules. Immutable.
final class Language {
  /// Optional blank.
  static final String GAP = "[ \u00a0\u2009\u202f]?+";

  /// End of a word.
  static final String END = "(?![\\p{L}\\p{N}_])";

  private static final long MILLION = 1_000_000;

  private final LanguageData data;
  private final Numerals numerals;
  private final NumberReader reader;
  private final Plurals plurals;
  private final Cases cases;
  private final Genders genders;
  private final int longestDecimals;

  Language(LanguageData data) {
    this.data = data;
    this.numerals = new Numerals(data);
    this.reader =
        new NumberReader(
            data.setting("decimal").charAt(0), (data.setting("thousands") + " ").charAt(0));
    this.plurals = Plurals.of(data.setting("plurals"));
    this.cases = new Cases(data);
    this.genders = new Genders(data);
    this.longestDecimals = Integer.parseInt(data.setting("decimals as one number", "0"));
  }

  static Language read(List<String> resources) {
    return new Language(LanguageData.read(resources));
  }

  LanguageData data() {
    return data;
  }

  Numerals numerals() {
    return numerals;
  }

  Genders genders() {
    return genders;
  }

  Optional<WrittenNumber> number(Cursor text, int at) {
    return reader.at(text, at);
  }

  /// The number without a sign that begins there, whatever stands before it.
  Optional<WrittenNumber> numberAfterSign(Cursor text, int at) {
    return reader.unsigned(text, at, "");
  }

  /// Nouns of a section by how they are written; a comma separates several ways.
  Map<String, Noun> nouns(String section) {
    Map<String, Noun> nouns = new LinkedHashMap<>();
    data.section(section)
        .forEach((key, entry) -> {
          for (String written : key.split(", ", -1)) {
            nouns.put(written, Noun.of(entry));
          }
        });
    return nouns;
  }

  /// The words of a number.
  ///
  /// @param form that of the noun after it, or [Numerals#COUNTING]
  String say(WrittenNumber number, String form, GrammaticalCase in) {
    String sign =
        switch (number.sign()) {
          case "-" -> data.setting("minus") + " ";
          case "+" -> data.setting("plus") + " ";
          default -> "";
        };
    String half = number.is(1, "5") ? data.setting("one and a half " + form, "") : "";
    if (!half.isEmpty()) {
      return sign + half;
    }
    if (!number.isWhole()) {
      String mark = data.setting(number.foreign() ? "point word" : "decimal word");
      String whole = whole(number, Numerals.COUNTING, GrammaticalCase.NONE);
      return sign + whole + " " + mark + " " + decimals(number.decimals());
    }
    return sign + whole(number, form, in);
  }

  String say(WrittenNumber number) {
    return say(number, Numerals.COUNTING, GrammaticalCase.NONE);
  }

  private String whole(WrittenNumber number, String form, GrammaticalCase in) {
    return number.isNumber()
        ? numerals.say(number.value(), in.set(numerals), in.form(numerals, form))
        : numerals.digits(number.whole());
  }

  private String decimals(String digits) {
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    if (digits.length() > longestDecimals || zeros == digits.length()) {
      return numerals.digits(digits);
    }
    String rest =
        numerals.say(Long.parseLong(digits.substring(zeros)), Numerals.CARDINAL, Numerals.COUNTING);
    return zeros == 0 ? rest : numerals.digits(digits.substring(0, zeros)) + " " + rest;
  }

  /// A number and its noun, which agree.
  ///
  /// @param in the case of both
  String count(WrittenNumber number, Noun noun, GrammaticalCase in) {
    return say(number, noun.gender(), in) + " " + linked(number, noun, in);
  }

  /// The noun after a number, with the preposition that millions need.
  String linked(WrittenNumber number, Noun noun, GrammaticalCase in) {
    String said =
        in.isGenitive() && number.isWhole()
            ? (number.is(1) ? noun.part() : noun.many())
            : plurals.of(number, noun);
    boolean millions =
        number.isNumber()
            && number.isWhole()
            && number.value() >= MILLION
            && number.value() % MILLION == 0;
    return millions ? afterScale(said) : said;
  }

  /// A noun after "million": "d'euros", "de euros".
  String afterScale(String noun) {
    String link = data.setting("after millions", "");
    if (link.isEmpty()) {
      return noun;
    }
    boolean vowel = "aeiouéèêhAEIOU".indexOf(noun.charAt(0)) >= 0;
    return link.equals("d'") ? (vowel ? "d'" : "de ") + noun : link + " " + noun;
  }

  Cases cases() {
    return cases;
  }

  /// The word before an index, and before the full stop of an abbreviation.
  static String wordBefore(Cursor text, int at) {
    boolean stop = Cursor.isBlank(text.peek(at - 1)) && text.peek(at - 2) == '.';
    return text.wordBefore(stop ? at - 2 : at);
  }

  /// Past one blank.
  static int afterBlank(Cursor text, int at) {
    return Cursor.isBlank(text.peek(at)) && text.peek(at) != '\n' ? at + 1 : at;
  }

  /// Any of the words, the longest first.
  static String anyOf(Collection<String> words) {
    return words.stream()
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(w -> w))
        .map(Pattern::quote)
        .collect(Collectors.joining("|", "(?:", ")"));
  }

  /// A pattern of any of the keys of a section, where a comma separates several; of what never
  /// matches without one.
  static BoundedPattern wordOf(Collection<String> words) {
    return words.isEmpty()
        ? BoundedPattern.of("(?!)")
        : BoundedPattern.of("(?<word>" + anyOf(words) + ")" + END);
  }
}
