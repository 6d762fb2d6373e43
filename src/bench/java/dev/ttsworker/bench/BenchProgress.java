package dev.ttsworker.bench;

import dev.ttsworker.bench.load.RunProgress;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows the runs of a benchmark on standard error: a bar on a terminal, a line for each run
/// elsewhere.
final class BenchProgress implements RunProgress {
  /// Redrawing takes time from the servers under test.
  private static final int REDRAW_MS = 1000;

  private final PrintStream out;
  private final boolean bars;
  private @Nullable ProgressBar bar;

  /// @param bars whether `out` is a terminal
  BenchProgress(PrintStream out, boolean bars) {
    this.out = out;
    this.bars = bars;
  }

  @Override
  public void began(String what, int seconds) {
    if (!bars) {
      out.println(what + ", " + seconds + " s");
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(seconds)
            .setUnit(" s", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REDRAW_MS)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  @Override
  public void reached(int seconds) {
    if (bar != null) {
      bar.stepTo(seconds);
    }
  }

  @Override
  public void ended() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void note(String line) {
    out.println(line);
  }
}
