package dev.ttsworker.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one process on this machine uses, without its children.
public final class ProcessUsage implements ServerUsage {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final long KIBIBYTE = 1024;
  private static final double NANOS = 1e9;

  private final long pid;

  public ProcessUsage(long pid) {
    this.pid = pid;
  }

  @Override
  public Reading read() {
    Optional<Duration> cpu =
        ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
    return new Reading(
        cpu.isPresent() ? OptionalDouble.of(cpu.get().toNanos() / NANOS) : OptionalDouble.empty(),
        peakBytes());
  }

  /// As Linux tells it; other systems have no such file.
  private OptionalLong peakBytes() {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try {
      Matcher peak = PEAK.matcher(Files.exists(status) ? Files.readString(status) : "");
      return peak.find()
          ? OptionalLong.of(Long.parseLong(peak.group(1)) * KIBIBYTE)
          : OptionalLong.empty();
    } catch (IOException e) {
      // The process has just ended.
      return OptionalLong.empty();
    }
  }
}
