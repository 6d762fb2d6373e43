package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.engine.Device;
import java.util.List;
import java.util.Optional;
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
        FailureReason.of(
            new OrtException(
                "Error code - ORT_FAIL - message: /build/src/provider_bridge_ort.cc:1988"
                    + " onnxruntime::Provider& Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load"
                    + " library /opt/app/native/libonnxruntime_providers_cuda.so with error:\n"
                    + "libcublasLt.so.12: cannot open shared object file ")));
    assertEquals(
        "this ONNX Runtime was built without CUDA",
        FailureReason.of(
            new OrtException(
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider")));
  }

  private static Device probe(DeviceProbe.Trial trial, IntFunction<Optional<String>> names) {
    return new DeviceProbe(
            new Providers(
                new FakeProvider(Device.Provider.CUDA, List.of(0, 1), names),
                Optional.empty(),
                Optional.empty()),
            trial)
        .choose(EngineSettings.Device.CUDA)
        .device();
  }

  /// On GPU 1 only; elsewhere it works.
  private static DeviceProbe.Trial failing(Throwable thrown) {
    return target -> {
      if (target.isPresent() && target.get().device() == 1) {
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
  void webGpuIsTriedAfterCudaAndSoftwareOnlyByName() throws OrtException {
    FakeProvider none = new FakeProvider(Device.Provider.CUDA, List.of(), _ -> Optional.empty());
    FakeProvider gpu =
        new FakeProvider(Device.Provider.WEBGPU, List.of(0), _ -> Optional.of("a GPU of A"));
    FakeProvider software =
        new FakeProvider(Device.Provider.WEBGPU, List.of(0), _ -> Optional.of("software"));
    DeviceProbe probe =
        new DeviceProbe(
            new Providers(none, Optional.of(gpu), Optional.of(software)), _ -> new float[] {1});
    DeviceProbe.Found found = probe.choose(EngineSettings.Device.AUTO);
    assertEquals(Optional.of(gpu), found.provider());
    assertEquals("webgpu:0", found.device().name());
    assertEquals("WebGPU ran the probe graph correctly on a GPU of A", found.device().reason());
    assertFalse(found.device().degraded());
    assertEquals(
        Optional.of(software), probe.choose(EngineSettings.Device.WEBGPU_SOFTWARE).provider());
    DeviceProbe.Found cuda = probe.choose(EngineSettings.Device.CUDA);
    assertEquals(Optional.empty(), cuda.provider());
    assertEquals(
        "engine.device is cuda, but it does not work: CUDA found no device",
        cuda.device().reason());
    Device missing =
        new DeviceProbe(
                new Providers(none, Optional.empty(), Optional.empty()), _ -> new float[] {1})
            .choose(EngineSettings.Device.WEBGPU)
            .device();
    assertEquals(
        "engine.device is webgpu, but it does not work: engine.webgpu_library is not set",
        missing.reason());
    assertTrue(missing.degraded());
  }

  /// As ONNX Runtime says it on a machine without a usable driver.
  @Test
  void reasonsOfCudaAreItsOwnWithoutHostNames() {
    for (String said :
        List.of(
            "100: no CUDA-capable device is detected",
            "35: CUDA driver version is insufficient for CUDA runtime version",
            "803: system has unsupported display driver / cuda driver combination",
            "999: unknown error")) {
      String message =
          "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/providers/cuda/"
              + "provider_options_utils.h:187 Parse Failed to parse provider option \"device_id\": "
              + "CUDA failure "
              + said
              + " ; GPU=-1 ; hostname=secret ; file=/a/cuda_execution_provider_info.cc"
              + " ; line=69 ; expr=cudaGetDeviceCount(&num_devices);";
      assertEquals("CUDA failure " + said, FailureReason.of(new OrtException(message)));
    }
    assertEquals("broken", FailureReason.of("broken ; hostname=secret"));
  }

  @Test
  void wrongResultIsNoGpu() {
    Device device =
        probe(
            target -> new float[] {target.isPresent() ? Float.NaN : 1},
            _ -> Optional.of("never asked"));
    assertEquals("cpu", device.name());
    assertTrue(device.reason().contains("wrong result"), device.reason());
  }

  private record FakeProvider(
      Device.Provider kind, List<Integer> devices, IntFunction<Optional<String>> names)
      implements ExecutionProvider {
    @Override
    public Added addTo(
        ai.onnxruntime.OrtSession.SessionOptions options, int device, long memoryLimitBytes) {
      throw new AssertionError("no session is opened");
    }

    @Override
    public long memoryLimitBytes() {
      return 0;
    }

    @Override
    public int concurrentCalls() {
      return 1;
    }

    @Override
    public Optional<String> deviceName(int device) {
      return names.apply(device);
    }
  }
}
