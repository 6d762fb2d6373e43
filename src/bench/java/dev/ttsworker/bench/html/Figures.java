package dev.ttsworker.bench.html;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Numbers as people read them.
final class Figures {
  static final String NONE = "–";
  private static final double MEBIBYTE = 1 << 20;

  private Figures() {}

  /// Three digits that matter, no more.
  static String shortly(double value) {
    double size = Math.abs(value);
    String format = size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  static String shortly(OptionalDouble value) {
    return value.isPresent() ? shortly(value.getAsDouble()) : NONE;
  }

  /// Small values that are compared to the percent.
  static String finely(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : NONE;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? Long.toString(Math.round(bytes.getAsLong() / MEBIBYTE)) : NONE;
  }

  /// A coordinate of a drawing.
  static String at(double position) {
    return String.format(Locale.ROOT, "%.1f", position);
  }
}
