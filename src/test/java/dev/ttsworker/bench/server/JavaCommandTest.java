package dev.ttsworker.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JavaCommandTest {
  /// What the command runs here: says what it was started with.
  public static final class Echo {
    private Echo() {}

    public static void main(String[] args) {
      System.out.println(
          String.join(" ", args)
              + "|"
              + System.getProperty("tts.home")
              + "|"
              + Runtime.getRuntime().maxMemory());
    }
  }

  @Test
  void runsTheSameJavaWithItsOptionsAndOtherProperties() throws IOException {
    JavaCommand command =
        new JavaCommand(
            Echo.class.getName(), List.of("one", "two words"), Map.of("tts.home", "/a b"), true);
    Process process = new ProcessBuilder(command.line()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("one two words|/a b|" + Runtime.getRuntime().maxMemory(), said.strip(), errors);
  }
}
