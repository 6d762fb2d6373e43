package dev.ttsworker.bench.html;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// Equal distances for equal ratios.
///
/// @param low above 0
/// @param from position of `low`
/// @param to position of `high`
record LogScale(double low, double high, double from, double to) implements Scale {
  private static final int[] MARKS = {1, 2, 5};

  /// With more decades than these only powers of ten are labelled.
  private static final double CROWDED_DECADES = 3;

  /// Begins and ends at 1, 2 or 5 times a power of ten, so that all of `low` to `high` lies on it.
  ///
  /// @param low above 0
  static LogScale covering(double low, double high, double from, double to) {
    double first = mark(low, true);
    double last = mark(Math.max(high, low), false);
    return new LogScale(first, last > first ? last : first * 10, from, to);
  }

  private static double mark(double value, boolean below) {
    int exponent = (int) Math.floor(Math.log10(value)) - 1;
    double found = step(exponent, 0);
    for (int i = 0; i < 4 * MARKS.length; i++) {
      double next = step(exponent + i / MARKS.length, i % MARKS.length);
      if (below && next > value * (1 + 1e-9)) {
        return found;
      }
      found = next;
      if (!below && next >= value * (1 - 1e-9)) {
        return found;
      }
    }
    return found;
  }

  private static double step(int exponent, int mark) {
    return BigDecimal.valueOf(MARKS[mark]).scaleByPowerOfTen(exponent).doubleValue();
  }

  @Override
  public double position(double value) {
    double share = Math.log(Math.clamp(value, low, high) / low) / Math.log(high / low);
    return from + share * (to - from);
  }

  @Override
  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    boolean crowded = Math.log10(high / low) > CROWDED_DECADES;
    for (int exponent = (int) Math.floor(Math.log10(low)); step(exponent, 0) <= high; exponent++) {
      for (int mark = 0; mark < MARKS.length; mark++) {
        double value = step(exponent, mark);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          ticks.add(new Tick(value, crowded && mark > 0 ? "" : plain(value)));
        }
      }
    }
    return ticks;
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
