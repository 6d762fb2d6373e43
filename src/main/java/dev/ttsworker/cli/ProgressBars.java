package dev.ttsworker.cli;

import dev.ttsworker.voicepack.InstallProgress;
import java.io.PrintStream;
import java.util.Objects;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows an installation on standard error: a bar on a terminal, a line for each step elsewhere.
final class ProgressBars implements InstallProgress {
  private static final long MEBIBYTE = 1 << 20;

  private final PrintStream out = System.err;
  private @Nullable ProgressBar bar;

  @Override
  public void started(String what, long totalBytes) {
    if (!Objects.requireNonNull(System.console()).isTerminal()) {
      out.println(what);
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(totalBytes)
            .setUnit(" MiB", MEBIBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(out))
            .build();
  }

  @Override
  public void advanced(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  @Override
  public void finished() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
