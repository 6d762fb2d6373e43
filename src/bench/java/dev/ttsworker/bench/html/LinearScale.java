package dev.ttsworker.bench.html;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Equal distances for equal differences.
///
/// @param step between ticks
/// @param from position of `low`
/// @param to position of `high`
record LinearScale(double low, double high, double step, double from, double to) implements Scale {
  private static final int FEWEST_TICKS = 4;

  /// Begins and ends at a tick, each 1, 2 or 5 times a power of ten, so that all of `low` to `high`
  /// lies on it.
  static LinearScale covering(double low, double high, double from, double to) {
    double span = high > low ? high - low : 1;
    double power = Math.pow(10, Math.floor(Math.log10(span / FEWEST_TICKS)));
    double ratio = span / FEWEST_TICKS / power;
    double step = power * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1);
    double first = Math.floor(low / step) * step;
    double last = Math.ceil((low + span) / step) * step;
    return new LinearScale(first, last, step, from, to);
  }

  @Override
  public double position(double value) {
    double share = (Math.clamp(value, low, high) - low) / (high - low);
    return from + share * (to - from);
  }

  @Override
  public List<Tick> ticks() {
    List<Tick> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step)));
    for (int i = 0; i <= count; i++) {
      double value = low + i * step;
      BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
      ticks.add(new Tick(value, rounded.toPlainString()));
    }
    return ticks;
  }
}
