package dev.ttsworker.voicepack.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.fixture.LogTap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InstallLogTest {
  @Test
  void stepsAndTheirQuartersAreLogged() {
    InstallLog log = new InstallLog();
    try (LogTap tap = new LogTap("dev.ttsworker.voicepack.install.InstallLog")) {
      log.started("x.onnx from example.org", 4 << 20);
      log.advanced(1 << 20);
      log.advanced(10);
      log.advanced(3 << 20);
      log.finished();
      log.started("small.json", 1025);
      log.advanced(1025);
      log.finished();
      log.started("pip download x", -1);
      log.advanced(1000);
      log.finished();
      assertEquals(
          List.of(
              "INFO Installing: x.onnx from example.org, 4.0 MiB",
              "INFO Installing: x.onnx from example.org, 25 %",
              "INFO Installing: x.onnx from example.org, 100 %",
              "INFO Installing: small.json, 2 KiB",
              "INFO Installing: pip download x"),
          List.copyOf(tap.lines));
    }
  }
}
