package dev.ttsworker.bench;

import dev.ttsworker.cli.Output;
import java.util.Locale;

/// Ranges of options.
final class SimulationLimits {
  private SimulationLimits() {}

  static int check(Output output, String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw output.misuse(option, Integer.toString(value), least + " to " + most);
    }
    return value;
  }

  static double check(Output output, String option, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw output.misuse(option, number(value), number(least) + " to " + number(most));
    }
    return value;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
