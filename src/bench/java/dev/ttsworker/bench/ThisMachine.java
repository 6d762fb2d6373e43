package dev.ttsworker.bench;

import dev.ttsworker.bench.report.BenchReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Describes the machine that this process runs on.
final class ThisMachine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  private ThisMachine() {}

  static BenchReport.Machine describe() {
    return new BenchReport.Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /// As Linux tells it; else only the architecture.
  private static String processor() {
    String architecture = System.getProperty("os.arch");
    try {
      return Files.exists(PROCESSORS)
          ? Files.readAllLines(PROCESSORS).stream()
              .filter(line -> line.startsWith(MODEL))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse(architecture)
          : architecture;
    } catch (IOException e) {
      return architecture;
    }
  }
}
