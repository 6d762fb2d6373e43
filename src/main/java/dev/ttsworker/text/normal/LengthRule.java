package dev.ttsworker.text.normal;

import java.util.Optional;

/// Feet and inches: `5'10"`, `6′`, `12″`.
final class LengthRule implements Rule {
  private static final Form BOTH =
      Form.of("(?<feet>\\d{1,3}+)['′’][ ]?(?<inches>\\d{1,2}+)(?:[\"″”]|'')");
  private static final Form FEET = Form.of("(?<feet>\\d{1,5}+)′");
  private static final Form INCHES = Form.of("(?<inches>\\d{1,4}+(?:\\.\\d{1,3}+)?+)″");

  private final NumberWords numbers;

  LengthRule(English english) {
    this.numbers = english.numbers();
  }

  @Override
  public Optional<Reading> read(Source text, int at) {
    return BOTH.at(text, at)
        .map(m ->
            Reading.of(
                m.end(),
                numbers.written(m.group("feet")) + " foot " + numbers.written(m.group("inches"))))
        .or(() -> FEET.at(text, at).map(m -> counted(m.end(), m.group("feet"), " foot", " feet")))
        .or(() ->
            INCHES.at(text, at).map(m -> counted(m.end(), m.group("inches"), " inch", " inches")));
  }

  private Reading counted(int end, String number, String one, String several) {
    return Reading.of(end, numbers.written(number) + (number.equals("1") ? one : several));
  }
}
