package dev.ttsworker.voicepack.install;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Install progress in the log: each step, and each quarter of a step. For one thread.
public final class InstallLog implements InstallProgress {
  private static final Logger LOG = LoggerFactory.getLogger(InstallLog.class);
  private static final int QUARTERS = 4;
  private static final double MEBIBYTE = 1 << 20;

  private String step = "";
  private long total;
  private long moved;
  private long quarter;

  @Override
  public void started(String what, long totalBytes) {
    step = what;
    total = totalBytes;
    moved = 0;
    quarter = 0;
    if (total > 0) {
      LOG.info(
          "Installing: {}, {} MiB", step, String.format(Locale.ROOT, "%.1f", total / MEBIBYTE));
    } else {
      LOG.info("Installing: {}", step);
    }
  }

  @Override
  public void advanced(long bytes) {
    moved += bytes;
    long reached = total > 0 ? Math.min(QUARTERS, QUARTERS * moved / total) : 0;
    if (reached > quarter) {
      quarter = reached;
      LOG.info("Installing: {}, {} %", step, 100 * quarter / QUARTERS);
    }
  }

  @Override
  public void finished() {}
}
