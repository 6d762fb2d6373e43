package dev.ttsworker.voicepack.install;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Install progress in the log: each step, and each quarter of a step of some size. For one thread.
public final class InstallLog implements InstallProgress {
  private static final Logger LOG = LoggerFactory.getLogger(InstallLog.class);
  private static final int QUARTERS = 4;
  private static final double MEBIBYTE = 1 << 20;
  private static final long KIBIBYTE = 1 << 10;
  private static final long LEAST_WITH_QUARTERS = 4 << 20;

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
      LOG.info("Installing: {}, {}", step, size(total));
    } else {
      LOG.info("Installing: {}", step);
    }
  }

  private static String size(long bytes) {
    return bytes < MEBIBYTE
        ? Math.ceilDiv(bytes, KIBIBYTE) + " KiB"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }

  @Override
  public void advanced(long bytes) {
    moved += bytes;
    long reached = total >= LEAST_WITH_QUARTERS ? Math.min(QUARTERS, QUARTERS * moved / total) : 0;
    if (reached > quarter) {
      quarter = reached;
      LOG.info("Installing: {}, {} %", step, 100 * quarter / QUARTERS);
    }
  }

  @Override
  public void finished() {}
}
