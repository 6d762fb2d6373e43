package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Runs the tests of `scripts/adapt_binding.py`, which makes a Java binding for another ONNX
/// Runtime.
final class AdaptBindingTest {
  @Test
  void testsOfTheScriptPass() throws IOException, InterruptedException {
    assumeTrue(code("python3", "--version") == 0, "no python3");
    assertEquals(0, code("python3", "scripts/adapt_binding_test.py"));
  }

  private static int code(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      System.out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      return process.waitFor();
    } catch (IOException e) {
      if (command[1].equals("--version")) {
        return -1;
      }
      throw e;
    }
  }
}
