package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import java.util.Optional;

/// Number, or range of two: `3–5`. Also `3 x 4`.
///
/// @param first empty for a single number
/// @param joint the word between the two
/// @param last the number, or the second one
record Range(Optional<WrittenNumber> first, String joint, WrittenNumber last) {
  private static final BoundedPattern DASH =
      BoundedPattern.of(Language.GAP + "[-–—]" + Language.GAP + "(?=\\d)");
  private static final BoundedPattern CHAIN = BoundedPattern.of("[-–]\\d");
  private static final BoundedPattern TIMES =
      BoundedPattern.of(Language.GAP + "[x×]" + Language.GAP + "(?=\\d)");

  /// The number or range that begins there.
  static Optional<Range> at(Cursor text, int at, Language language) {
    return language
        .number(text, at)
        .map(first -> upward(text, first, language).orElse(new Range(Optional.empty(), "", first)));
  }

  /// The number, range or product that begins there, before a unit.
  static Optional<Range> orProduct(Cursor text, int at, Language language) {
    return language
        .number(text, at)
        .map(first ->
            upward(text, first, language)
                .or(() -> second(text, first, TIMES, language, "times"))
                .orElse(new Range(Optional.empty(), "", first)));
  }

  private static Optional<Range> upward(Cursor text, WrittenNumber first, Language language) {
    return second(text, first, DASH, language, "to").filter(range -> isUpward(first, range.last()));
  }

  private static Optional<Range> second(
      Cursor text, WrittenNumber first, BoundedPattern sign, Language language, String joint) {
    return sign.at(text, first.end())
        .flatMap(m -> language.numberAfterSign(text, m.end()))
        .filter(last -> CHAIN.at(text, last.end()).isEmpty())
        .map(last -> new Range(Optional.of(first), language.data().setting(joint), last));
  }

  private static boolean isUpward(WrittenNumber first, WrittenNumber last) {
    return first.isNumber()
        && last.isNumber()
        && !first.whole().isEmpty()
        && (first.value() < last.value()
            || (first.value() == last.value() && !first.isWhole() && !last.isWhole()));
  }

  int end() {
    return last.end();
  }

  /// The words before the noun.
  String say(Language language, String form, GrammaticalCase in) {
    return first
        .map(number ->
            first(language, number, form, in)
                + " "
                + joint
                + " "
                + language.say(last, form, last(language, in)))
        .orElseGet(() -> language.say(last, form, in));
  }

  /// "ein bis zwei Tage": a one before another number does not agree where the language has it so.
  private static String first(
      Language language, WrittenNumber number, String form, GrammaticalCase in) {
    String fixed = language.data().setting("first one of two", "");
    return number.is(1) && !fixed.isEmpty()
        ? language.say(number, fixed, GrammaticalCase.NONE)
        : language.say(number, form, in);
  }

  /// The case of the second number: in Polish the genitive.
  private GrammaticalCase last(Language language, GrammaticalCase in) {
    boolean range = first.isPresent() && joint.equals(language.data().setting("to"));
    return range ? new GrammaticalCase(language.data().setting("after to", in.name())) : in;
  }

  /// The words with the noun.
  String count(Language language, Noun noun, GrammaticalCase in) {
    if (first.isEmpty() && last.is(1) && last.sign().isEmpty() && noun.isWithArticle()) {
      return noun.withArticle();
    }
    return say(language, noun.gender(), in) + " " + language.linked(last, noun, last(language, in));
  }
}
