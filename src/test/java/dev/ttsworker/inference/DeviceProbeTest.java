package dev.ttsworker.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;

final class DeviceProbeTest {
  @Test
  void reasonIsToldWithoutPathsAndPlacesInTheSource() {
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
        "Failed to find CUDA shared provider",
        DeviceProbe.publicReason(
            new OrtException(
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider")));
  }

  @Test
  void outOfMemoryIsRecognised() {
    assertTrue(
        DeviceProbe.isOutOfMemory(new OrtException("CUDA failure 2: out of memory ; GPU=0")));
    assertFalse(DeviceProbe.isOutOfMemory(new OrtException("CUDA error 700")));
  }
}
