package dev.ttsworker.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        "this ONNX Runtime was built without CUDA",
        DeviceProbe.publicReason(
            new OrtException(
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider")));
  }
}
