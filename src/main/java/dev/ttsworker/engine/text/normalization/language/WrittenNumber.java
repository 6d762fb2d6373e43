package dev.ttsworker.engine.text.normalization.language;

/// Number as written, in parts.
///
/// @param end index just past it
/// @param sign `-`, `+` or nothing
/// @param whole digits without separators
/// @param decimals digits after the decimal sign; may be empty
/// @param foreign whether the decimal sign is not that of the language
/// @param grouped whether it has separators between thousands
record WrittenNumber(
    int end, String sign, String whole, String decimals, boolean foreign, boolean grouped) {
  /// Whether it can be said as one number.
  boolean isNumber() {
    return whole.length() <= Numerals.LONGEST && !(whole.length() > 1 && whole.startsWith("0"));
  }

  /// @throws NumberFormatException unless [#isNumber]
  long value() {
    return Long.parseLong(whole);
  }

  boolean isWhole() {
    return decimals.isEmpty();
  }

  /// Whether it is that number, without sign and decimals.
  boolean is(long number) {
    return isNumber() && isWhole() && value() == number;
  }

  /// Whether it is that number with these decimals, without sign.
  boolean is(long number, String fraction) {
    return isNumber() && decimals.equals(fraction) && value() == number;
  }

  /// The same without its decimals.
  WrittenNumber withoutDecimals() {
    return new WrittenNumber(end, sign, whole, "", foreign, grouped);
  }

  static WrittenNumber of(long value) {
    return new WrittenNumber(0, "", Long.toString(value), "", false, false);
  }
}
