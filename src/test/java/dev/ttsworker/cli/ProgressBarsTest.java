package dev.ttsworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarsTest {
  @Test
  void withoutATerminalEachStepIsALine() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ProgressBars bars = new ProgressBars(new PrintStream(written, true, StandardCharsets.UTF_8));
    bars.started("voice.onnx", 100);
    bars.advanced(60);
    bars.finished();
    assertEquals("voice.onnx\n", written.toString(StandardCharsets.UTF_8));
  }
}
