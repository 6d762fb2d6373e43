package dev.ttsworker.cli;

import dev.ttsworker.voicepack.install.InstallProgress;
import java.io.Console;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Progress of an installation on standard error: a bar on a terminal, a line for each step
/// elsewhere.
public final class ProgressBars implements InstallProgress {
  private static final long MEBIBYTE = 1 << 20;

  private final PrintStream out;
  private @Nullable ProgressBar bar;

  ProgressBars(PrintStream out) {
    this.out = out;
  }

  @Override
  public void started(String what, long totalBytes) {
    if (!onTerminal()) {
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

  @SuppressWarnings("SystemConsoleNull") // with Java 25's own console it is null without a terminal
  public static boolean onTerminal() {
    @Nullable Console console = System.console();
    return console != null && console.isTerminal();
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
