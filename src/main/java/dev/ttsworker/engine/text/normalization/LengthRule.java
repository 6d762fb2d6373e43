package dev.ttsworker.engine.text.normalization;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/// Text normalization of feet and inches (semiotic class measure): `5'10"`, `6′`, `12″`, `8" x
/// 10"`, `a 27" monitor`.
final class LengthRule implements Rule {
  private static final BoundedPattern BOTH =
      BoundedPattern.of("(?<feet>\\d{1,3}+)['′’][ ]?(?<inches>\\d{1,2}+)(?:[\"″”]|'')");
  private static final BoundedPattern FEET = BoundedPattern.of("(?<feet>\\d{1,5}+)′");
  private static final BoundedPattern TIMES = BoundedPattern.of("[\"″”] ?[x×] ?(?=[\\d.])");
  private static final String INCH_SIGNS = "\"″”";

  /// Words that continue after a quotation rather than name a measured object.
  private static final Set<String> NOT_MEASURED =
      Set.of(
          ("and or but nor so yet then when while as because if though although until after before he"
                  + " she it they we you i his her their our said says say asked asks replied told"
                  + " added wrote is was are were has had who which that to for from by with in on"
                  + " at not the a an this these")
              .split(" ", -1));

  /// Words before which inches are plural; before a noun it is "a 27 inch monitor".
  private static final Set<String> COUNTED =
      Set.of(
          ("wide long tall high deep thick across away apart off above below of per more less wider"
                  + " longer taller higher deeper thicker shorter last")
              .split(" ", -1));

  private static final Set<String> DISPLAYS =
      Set.of("4K", "8K", "TV", "HDTV", "LED", "OLED", "LCD", "HD", "UHD", "QLED", "IPS", "AMOLED");

  private static final int FARTHEST = 200;

  private final NumberWords numbers;
  private final Amounts amounts;

  LengthRule(English english) {
    this.numbers = english.numbers();
    this.amounts = new Amounts(english);
  }

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    return BOTH.at(text, at)
        .map(m ->
            Verbalization.of(
                m.end(),
                numbers.written(m.group("feet")) + " foot " + numbers.written(m.group("inches"))))
        .or(() ->
            FEET.at(text, at)
                .map(m ->
                    Verbalization.of(
                        m.end(),
                        numbers.written(m.group("feet"))
                            + (m.group("feet").equals("1") ? " foot" : " feet"))))
        .or(() -> amounts.at(text, at).flatMap(amount -> inches(text, at, amount)));
  }

  private Optional<Verbalization> inches(Cursor text, int at, Amount amount) {
    int sign = amount.end();
    Optional<Amount> second =
        TIMES.at(text, sign).map(MatchResult::end).flatMap(next -> amounts.at(text, next));
    if (second.isPresent() && INCH_SIGNS.indexOf(text.peek(second.get().end())) >= 0) {
      String words = amount.words() + " by " + second.get().words() + " inches";
      return Optional.of(Verbalization.of(second.get().end() + 1, words));
    }
    char c = text.peek(sign);
    if (c != '″' && !(c == '"' && isMeasured(text, at, sign + 1))) {
      return Optional.empty();
    }
    boolean one = amount.isOne() || isDescribing(text, sign + 1);
    return Optional.of(Verbalization.of(sign + 1, amount.words() + (one ? " inch" : " inches")));
  }

  /// Whether no quotation is open and a measurable noun follows: the closing mark of a quotation
  /// whose opening mark is out of range has the same form.
  private static boolean isMeasured(Cursor text, int at, int end) {
    String after = text.wordAfter(end);
    boolean word =
        !after.isEmpty() && (Character.isLowerCase(after.charAt(0)) || DISPLAYS.contains(after));
    if (!word || !Cursor.isBlank(text.peek(end)) || NOT_MEASURED.contains(after)) {
      return false;
    }
    boolean open = false;
    for (int i = at - 1; i >= Math.max(0, at - FARTHEST); i--) {
      open ^= text.peek(i) == '"';
    }
    return !open;
  }

  /// Whether it stands before a noun, as in "a 27\" monitor".
  private static boolean isDescribing(Cursor text, int end) {
    String after = text.wordAfter(end);
    return !after.isEmpty()
        && (DISPLAYS.contains(after)
            || (Character.isLowerCase(after.charAt(0)) && !COUNTED.contains(after)));
  }
}
