package dev.ttsworker.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceFailureTest {
  @ParameterizedTest
  @CsvSource({
    "Failed to allocate memory for requested buffer of size 1048576, OUT_OF_MEMORY",
    "CUDA failure 2: out of memory ; GPU=0, OUT_OF_MEMORY",
    "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED, OUT_OF_MEMORY",
    "CUDNN failure 2: CUDNN_STATUS_ALLOC_FAILED, OUT_OF_MEMORY",
    "CUDA error 700, CONTEXT_LOST",
    "CUDA failure 700: an illegal memory access was encountered, CONTEXT_LOST",
    "CUDA failure 719: unspecified launch failure, CONTEXT_LOST",
    "CUDNN failure 5003: CUDNN_STATUS_EXECUTION_FAILED, RUN_FAILED",
    "Non-zero status code returned while running Conv node, RUN_FAILED"
  })
  void messagesAreUnderstood(String message, DeviceFailure kind) {
    assertEquals(kind, DeviceFailure.of(new IllegalStateException(message)));
  }

  @Test
  void causesCountToo() {
    Exception cause = new IllegalStateException("CUDA failure 2: out of memory");
    assertEquals(
        DeviceFailure.OUT_OF_MEMORY,
        DeviceFailure.of(new IllegalStateException("Graph flow.onnx failed", cause)));
    assertEquals(
        DeviceFailure.CONTEXT_LOST,
        DeviceFailure.of(
            new IllegalStateException(
                "out of memory", new IllegalStateException("an illegal memory access"))));
  }
}
