package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a library of our own with NVML's functions, where there is a C compiler.
final class NvmlTest {
  private static final String SOURCE =
      """
      #include <string.h>
      static int gpu;
      int nvmlInit_v2(void) { return 0; }
      int nvmlShutdown(void) { return 0; }
      int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **h) {
        if (i > 0) return 2;
        *h = &gpu;
        return 0;
      }
      int nvmlDeviceGetName(void *h, char *name, unsigned length) {
        if (h != &gpu || length < 12) return 7;
        strcpy(name, "NVIDIA Test");
        return 0;
      }
      int nvmlDeviceGetMemoryInfo(void *h, unsigned long long *m) {
        m[0] = 1000; m[1] = 700; m[2] = 300;
        return h != &gpu;
      }
      int nvmlDeviceGetUtilizationRates(void *h, unsigned *u) {
        u[0] = 42; u[1] = 7;
        return h != &gpu;
      }
      """;

  @TempDir Path folder;

  @Test
  void namesAndNumbersAreRead() throws Exception {
    Path library = library(SOURCE);
    Nvml nvml = Nvml.open(library).orElseThrow();
    assertEquals(Optional.of("NVIDIA Test"), nvml.name(0));
    assertEquals(Optional.of(new Nvml.Memory(1000, 300)), nvml.memory(0));
    assertEquals(OptionalInt.of(42), nvml.utilizationPercent(0));
    assertEquals(Optional.empty(), nvml.name(1));
    assertEquals(Optional.empty(), nvml.memory(1));
    assertEquals(OptionalInt.empty(), nvml.utilizationPercent(1));
    assertTrue(isMapped(library));
    nvml.close();
    assertFalse(isMapped(library));
    assertEquals(Optional.empty(), nvml.name(0));
    assertEquals(Optional.empty(), nvml.memory(0));
    assertEquals(OptionalInt.empty(), nvml.utilizationPercent(0));
  }

  @Test
  void libraryThatIsAbsentOrLacksSomethingOrFailsIsNone() throws Exception {
    assertTrue(Nvml.open(folder.resolve("libnone.so.1")).isEmpty());
    assertTrue(Nvml.open(library("int nvmlInit_v2(void) { return 0; }")).isEmpty());
    assertTrue(
        Nvml.open(library(SOURCE.replace("Init_v2(void) { return 0", "Init_v2(void) { return 9")))
            .isEmpty());
  }

  private static boolean isMapped(Path library) throws IOException {
    return Files.readString(Path.of("/proc/self/maps")).contains(library.toString());
  }

  private Path library(String source) throws IOException, InterruptedException {
    Path code = Files.writeString(Files.createTempFile(folder, "nvml", ".c"), source);
    Path library = Path.of(code + ".so");
    int status;
    try {
      status =
          new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), code.toString())
              .inheritIO()
              .start()
              .waitFor();
    } catch (IOException noCompiler) {
      status = 1;
    }
    assumeTrue(status == 0, "no C compiler");
    return library;
  }
}
