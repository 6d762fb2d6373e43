package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OrtRuntimeTest {
  @TempDir Path folder;

  @Test
  void runsAGraphAndGivesItsSessionBackAfterTheLastRun() throws Exception {
    Graph graph = Runtimes.cpu(2).loadOnCpu(probeGraph());
    FloatTensor output = graph.run(input(), "output", new CancellationToken());
    assertEquals(1, output.shape()[0]);
    assertEquals(output.values().length, output.shape()[2]);
    assertTrue(output.values().length >= 4 * 64);
    graph.close();
    graph.close();
    assertThrows(
        IllegalStateException.class, () -> graph.run(input(), "output", new CancellationToken()));
  }

  @Test
  void cancelledCallDoesNotRun() throws Exception {
    CancellationToken cancel = new CancellationToken();
    cancel.cancel();
    try (Graph graph = Runtimes.cpu(2).loadOnCpu(probeGraph())) {
      WorkerException thrown =
          assertThrows(WorkerException.class, () -> graph.run(input(), "output", cancel));
      assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
    }
  }

  @Test
  void wrongInputNamesTheGraph() throws Exception {
    try (Graph graph = Runtimes.cpu(2).loadOnCpu(probeGraph())) {
      Map<String, Tensor> wrong = Map.of("nothing", new FloatTensor(new float[1], 1));
      WorkerException thrown =
          assertThrows(
              WorkerException.class, () -> graph.run(wrong, "output", new CancellationToken()));
      assertEquals(ErrorCode.INFERENCE_FAILED, thrown.code());
      assertTrue(thrown.getMessage().contains("probe.onnx"), thrown.getMessage());
    }
  }

  @Test
  void brokenFileIsNamed() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "this is no model");
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> Runtimes.cpu(2).loadOnCpu(broken));
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertTrue(thrown.getMessage().contains("broken.onnx"), thrown.getMessage());
  }

  @Test
  void brokenFileIsNamedWhenItIsOptimized() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.onnx"), "this is no model");
    Path target = folder.resolve("target.onnx");
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> Runtimes.cpu(2).optimize(broken, target));
    assertEquals(ErrorCode.MODEL_LOAD_FAILED, thrown.code());
    assertTrue(thrown.getMessage().contains("broken.onnx"), thrown.getMessage());
    assertFalse(Files.exists(target));
  }

  @Test
  void withoutAGpuTheReasonIsReportedAndAskingForOneIsDegraded() {
    Device automatic = runtime(EngineSettings.Device.AUTO).device();
    assumeFalse(automatic.accelerated());
    Device asked = runtime(EngineSettings.Device.CUDA).device();
    assertEquals("cpu", automatic.name());
    assertFalse(automatic.degraded());
    assertTrue(asked.degraded());
    assertFalse(asked.reason().isBlank());
    assertFalse(asked.reason().contains("/"), asked.reason());
  }

  private static Map<String, Tensor> input() {
    return Map.of("input", new FloatTensor(new float[64], 1, 1, 64));
  }

  private Path probeGraph() throws Exception {
    Path file = folder.resolve("probe.onnx");
    try (InputStream graph = DeviceProbe.class.getResourceAsStream("probe.onnx")) {
      Files.write(file, graph.readAllBytes());
    }
    return file;
  }

  private static InferenceRuntime runtime(EngineSettings.Device device) {
    return new OrtRuntime(Runtimes.settings(device, 2, Optional.empty()), Optional.empty());
  }
}
