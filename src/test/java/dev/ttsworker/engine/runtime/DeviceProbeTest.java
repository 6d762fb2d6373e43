package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.Device;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DeviceProbeTest {
  @Test
  void reasonIsReportedWithoutPathsAndPlacesInTheSource() {
    assertEquals(
        "Failed to load library libonnxruntime_providers_cuda.so with error: libcublasLt.so.12:"
            + " cannot open shared object file",
        DeviceProbe.publicReason(
            new OrtException(
                "Error code - ORT_FAIL - message: /build/src/provider_bridge_ort.cc:1988"
                    + " onnxruntime::Provider& Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load"
                    + " library /opt/app/native/libonnxruntime_providers_cuda.so with error:\n"
                    + "libcublasLt.so.12: cannot open shared object file ")));
    assertEquals(
        "this ONNX Runtime was built without CUDA",
        DeviceProbe.publicReason(
            new OrtException(
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider")));
  }

  private static Device probe(DeviceProbe.Trial trial, IntFunction<Optional<String>> names) {
    return new DeviceProbe(List.of(0, 1), trial, names).choose(EngineSettings.Device.CUDA);
  }

  /// On GPU 1 only; elsewhere it works.
  private static DeviceProbe.Trial failing(Throwable thrown) {
    return gpu -> {
      if (gpu.equals(OptionalInt.of(1))) {
        throw DeviceProbeTest.<RuntimeException>unchecked(thrown);
      }
      return new float[] {1};
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> T unchecked(Throwable any) throws T {
    throw (T) any;
  }

  static Stream<Throwable> everyKind() {
    return Stream.of(
        new OrtException("no cuDNN"),
        new UnsatisfiedLinkError("/usr/lib/libcudnn.so.9: undefined symbol: x"),
        new OutOfMemoryError("Cannot reserve direct buffer memory"),
        new StackOverflowError(),
        new IllegalStateException("broken"));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void whateverTheProbeThrowsTheWorkerStarts(Throwable thrown) {
    Device one = probe(failing(thrown), _ -> Optional.empty());
    assertEquals("cuda:0", one.name());
    assertTrue(one.degraded());
    assertFalse(one.reason().contains("/usr"), one.reason());
    Device none =
        probe(
            _ -> {
              throw DeviceProbeTest.<RuntimeException>unchecked(thrown);
            },
            _ -> Optional.empty());
    assertEquals("cpu", none.name());
    assertTrue(
        none.reason().contains(String.valueOf(thrown.getMessage()).replaceAll("/usr.*/", "")));
  }

  @Test
  void libraryThatCannotNameTheGpusCostsOnlyTheirNames() {
    assertEquals(
        "CUDA ran the probe graph correctly on A, B",
        probe(_ -> new float[] {1}, id -> Optional.of(id == 0 ? "A" : "B")).reason());
    for (Throwable thrown : everyKind().toList()) {
      Device device =
          probe(
              _ -> new float[] {1},
              _ -> {
                throw DeviceProbeTest.<RuntimeException>unchecked(thrown);
              });
      assertEquals("cuda:0,cuda:1", device.name());
      assertEquals("CUDA ran the probe graph correctly", device.reason());
    }
  }

  @Test
  void wrongResultIsNoGpu() {
    Device device =
        probe(
            gpu -> new float[] {gpu.isPresent() ? Float.NaN : 1}, _ -> Optional.of("never asked"));
    assertEquals("cpu", device.name());
    assertTrue(device.reason().contains("wrong result"), device.reason());
  }
}
