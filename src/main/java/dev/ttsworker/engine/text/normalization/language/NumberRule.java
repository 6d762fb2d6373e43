package dev.ttsworker.engine.text.normalization.language;

import dev.ttsworker.engine.text.normalization.BoundedPattern;
import dev.ttsworker.engine.text.normalization.Cursor;
import dev.ttsworker.engine.text.normalization.Rule;
import dev.ttsworker.engine.text.normalization.Verbalization;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;

/// Text normalization of numbers: cardinals that agree with the noun after them, decimals, ranges,
/// ratios, numbers with several full stops.
final class NumberRule implements Rule {
  private static final BoundedPattern DOTTED =
      BoundedPattern.of("\\d{1,6}+(?:\\.\\d{1,6}+){2,6}+(?!\\d|,\\d)");
  private static final BoundedPattern RATIO = BoundedPattern.of(":(?<second>\\d{1,4}+)(?![\\d:])");
  private static final BoundedPattern SCORE =
      BoundedPattern.of("[-–](?<second>\\d{1,2}+)(?![\\d.,:/-]\\d|\\d)");
  private static final BoundedPattern BY_X =
      BoundedPattern.of("x(?<second>\\d{1,4}+)(?![\\d.,:/-]\\d|[\\d\\p{L}])");
  private static final BoundedPattern SHORT_YEAR =
      BoundedPattern.of("['’‘](?<year>[1-9]\\d{1,2})(?![\\d'’]|[.,:]\\d)");
  private static final int HIGHEST_SCORE = 99;

  private final Language language;

  /// After a one, what shows that it does not agree: "1 bis 2 Tage".
  private final BoundedPattern two;

  NumberRule(Language language) {
    this.language = language;
    String joints = language.data().setting("joints of two", "");
    this.two =
        joints.isEmpty()
            ? BoundedPattern.of("(?!)")
            : BoundedPattern.of(
                "[ \u00a0](?:" + joints + ")[ \u00a0]\\d{1,4}[ \u00a0]\\p{Lu}\\p{Ll}");
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    Optional<Range> range = Range.at(text, at, language);
    if (range.isEmpty()) {
      return shortYear(text, at);
    }
    if (range.get().first().isEmpty() && !range.get().last().grouped()) {
      Optional<Verbalization> other =
          dotted(text, at).or(() -> ratio(text, at, range.get().last()));
      if (other.isPresent()) {
        return other;
      }
    }
    int end = range.get().end();
    WrittenNumber last = range.get().last();
    if (last.is(1) && two.at(text, last.end()).isPresent()) {
      String fixed = language.data().setting("first one of two");
      return Optional.of(Verbalization.of(end, language.say(last, fixed, GrammaticalCase.NONE)));
    }
    GrammaticalCase asked = language.cases().of(text, at, last);
    String form = form(text, last, asked);
    GrammaticalCase in = asked.equals(GrammaticalCase.NONE) ? caseOf(text, last, form) : asked;
    return Optional.of(Verbalization.of(end, range.get().say(language, form, in)));
  }

  /// The case of thousands, or of the gender.
  private GrammaticalCase caseOf(Cursor text, WrittenNumber number, String form) {
    boolean thousands = isThousand(text.wordAfter(number.end()));
    return new GrammaticalCase(
        thousands ? "scale" : language.data().setting("case of " + form, ""));
  }

  private boolean isThousand(String word) {
    return !word.isEmpty() && word.equals(language.data().setting("thousand", ""));
  }

  /// The form before a noun: its gender, as far as it is known. "mil" takes that of the noun after
  /// it.
  private String form(Cursor text, WrittenNumber number, GrammaticalCase in) {
    int next = Language.afterBlank(text, number.end());
    boolean noun = next > number.end() && Character.isLetter(text.peek(next)) && number.isNumber();
    if (!noun) {
      return Numerals.COUNTING;
    }
    String word = text.wordAfter(next);
    String following = text.wordAfter(next + word.length());
    if (!isThousand(word)) {
      return language.genders().before(word, following, number.is(1), in);
    }
    return following.isEmpty() ? "m" : language.genders().of(following, false, in).orElse("m");
  }

  /// "gli anni '80": without the apostrophe, at which eSpeak NG would stop.
  private Optional<Verbalization> shortYear(Cursor text, int at) {
    return at == 0 || Cursor.isBlank(text.peek(at - 1))
        ? SHORT_YEAR.at(text, at).map(m -> Verbalization.of(m.end(), number(m.group("year"))))
        : Optional.empty();
  }

  private Optional<Verbalization> dotted(Cursor text, int at) {
    if (!Character.isDigit(text.peek(at))) {
      return Optional.empty();
    }
    return DOTTED
        .at(text, at)
        .map(m -> {
          String point = " " + language.data().setting("point word") + " ";
          StringBuilder words = new StringBuilder();
          for (String part : m.group().split("\\.", -1)) {
            words.append(words.isEmpty() ? "" : point).append(number(part));
          }
          return Verbalization.of(m.end(), words.toString());
        });
  }

  private Optional<Verbalization> ratio(Cursor text, int at, WrittenNumber first) {
    String word = language.data().setting("ratio", "");
    boolean plain = !word.isEmpty() && first.isWhole() && first.isNumber();
    if (!plain) {
      return Optional.empty();
    }
    GrammaticalCase in = new GrammaticalCase(language.data().setting("after to", ""));
    Optional<MatchResult> product = BY_X.at(text, first.end());
    return product
        .or(() -> RATIO.at(text, first.end()))
        .or(() ->
            SCORE
                .at(text, first.end())
                .filter(_ -> first.value() <= HIGHEST_SCORE && first.sign().isEmpty()))
        .map(m ->
            Verbalization.of(
                m.end(),
                language.say(first)
                    + " "
                    + (product.isPresent() ? byX(text, at, first) : word)
                    + " "
                    + language.say(written(m.group("second")), Numerals.COUNTING, in)));
  }

  /// Between `3x0`: a score where the language has it so, but no format of photographs.
  private String byX(Cursor text, int at, WrittenNumber first) {
    boolean usual = language.data().setting("scores by x", "no").equals("yes");
    boolean score = usual && first.value() <= HIGHEST_SCORE && first.sign().isEmpty();
    String word = text.wordBefore(at).toLowerCase(Locale.ROOT);
    boolean other = language.data().section("before no score").containsKey(word);
    return language.data().setting(score && !other ? "ratio" : "times");
  }

  private static WrittenNumber written(String digits) {
    return new WrittenNumber(0, "", digits, "", false, false);
  }

  private String number(String digits) {
    return language.say(written(digits));
  }
}
