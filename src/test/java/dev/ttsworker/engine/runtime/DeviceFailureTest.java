package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceFailureTest {
  /// Every line of the table, as ONNX Runtime and the libraries write it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CUDA failure 3: initialization error ; GPU=0 ; hostname=a ; expr=cudaSetDevice(0); | CONTEXT_LOST
          CUDA failure 4: driver shutting down | CONTEXT_LOST
          CUDA failure 46: CUDA-capable device(s) is/are busy or unavailable ; GPU=0 | CONTEXT_LOST
          CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 | CONTEXT_LOST
          CUDA failure 101: invalid device ordinal | CONTEXT_LOST
          CUDA failure 201: invalid device context | CONTEXT_LOST
          CUDA failure 214: uncorrectable ECC error encountered | CONTEXT_LOST
          CUDA failure 219: invalid OpenGL or DirectX context | CONTEXT_LOST
          CUDA failure 220: uncorrectable NVLink error detected during the execution | CONTEXT_LOST
          CUDA failure 226: Invalid access of peer GPU memory over nvlink or a hardware error | CONTEXT_LOST
          CUDA failure 700: an illegal memory access was encountered ; GPU=0 | CONTEXT_LOST
          CUDA failure 702: the launch timed out and was terminated | CONTEXT_LOST
          CUDA failure 709: context is destroyed | CONTEXT_LOST
          CUDA failure 710: device-side assert triggered | CONTEXT_LOST
          CUDA failure 714: hardware stack error | CONTEXT_LOST
          CUDA failure 715: an illegal instruction was encountered | CONTEXT_LOST
          CUDA failure 716: misaligned address | CONTEXT_LOST
          CUDA failure 717: operation not supported on global/shared address space | CONTEXT_LOST
          CUDA failure 718: invalid program counter | CONTEXT_LOST
          CUDA failure 719: unspecified launch failure | CONTEXT_LOST
          CUDA failure 721: tensor memory leak | CONTEXT_LOST
          CUDA failure 806: remote procedural call failed | CONTEXT_LOST
          CUDA failure 810: client terminated | CONTEXT_LOST
          CUDA failure 911: external device | CONTEXT_LOST
          CUDA failure 999: unknown error | CONTEXT_LOST
          CUDA error 700 | CONTEXT_LOST
          CUDA error: 702 | CONTEXT_LOST
          CUDA error cudaErrorIllegalAddress:an illegal memory access was encountered | CONTEXT_LOST
          CUDA error cudaErrorLaunchTimeout | CONTEXT_LOST
          CUDA error cudaErrorUnknown | CONTEXT_LOST
          CUDA_ERROR_ILLEGAL_ADDRESS | CONTEXT_LOST
          CUDA_ERROR_LAUNCH_FAILED | CONTEXT_LOST
          CUDA_ERROR_LAUNCH_TIMEOUT | CONTEXT_LOST
          CUDA_ERROR_ECC_UNCORRECTABLE | CONTEXT_LOST
          CUDA_ERROR_NVLINK_UNCORRECTABLE | CONTEXT_LOST
          CUDA_ERROR_CONTAINED | CONTEXT_LOST
          CUDA_ERROR_ASSERT | CONTEXT_LOST
          CUDA_ERROR_HARDWARE_STACK_ERROR | CONTEXT_LOST
          CUDA_ERROR_ILLEGAL_INSTRUCTION | CONTEXT_LOST
          CUDA_ERROR_MISALIGNED_ADDRESS | CONTEXT_LOST
          CUDA_ERROR_INVALID_ADDRESS_SPACE | CONTEXT_LOST
          CUDA_ERROR_INVALID_PC | CONTEXT_LOST
          CUDA_ERROR_NO_DEVICE | CONTEXT_LOST
          CUDA_ERROR_DEVICE_UNAVAILABLE | CONTEXT_LOST
          CUDA_ERROR_DEINITIALIZED | CONTEXT_LOST
          CUDA_ERROR_CONTEXT_IS_DESTROYED | CONTEXT_LOST
          CUDA_ERROR_UNKNOWN | CONTEXT_LOST
          CUBLAS failure 11: an access to GPU memory space failed | CONTEXT_LOST
          CUBLAS failure 13: CUBLAS_STATUS_EXECUTION_FAILED ; GPU=0 | CONTEXT_LOST
          CUBLAS failure 13: the function failed to launch on the GPU | CONTEXT_LOST
          CUBLAS failure 14: an internal operation failed | CONTEXT_LOST
          CUBLAS_STATUS_EXECUTION_FAILED | CONTEXT_LOST
          CUBLAS_STATUS_INTERNAL_ERROR | CONTEXT_LOST
          CUBLAS_STATUS_MAPPING_ERROR | CONTEXT_LOST
          CUDNN failure 5000: CUDNN_STATUS_EXECUTION_FAILED ; GPU=0 | CONTEXT_LOST
          CUDNN failure 5001: CUDNN_STATUS_EXECUTION_FAILED_CUDA_DRIVER | CONTEXT_LOST
          CUDNN failure 5002: CUDNN_STATUS_EXECUTION_FAILED_CUBLAS | CONTEXT_LOST
          CUDNN failure 5003: CUDNN_STATUS_EXECUTION_FAILED_CUDART | CONTEXT_LOST
          CUDNN failure 5004: CUDNN_STATUS_EXECUTION_FAILED_CURAND | CONTEXT_LOST
          CUDNN failure 8: CUDNN_STATUS_EXECUTION_FAILED | CONTEXT_LOST
          CUDNN_STATUS_EXECUTION_FAILED | CONTEXT_LOST
          CUDNN_STATUS_MAPPING_ERROR | CONTEXT_LOST
          CURAND failure 201: (see curand.h & look for curandStatus or CURAND_STATUS_xxx) | CONTEXT_LOST
          CURAND failure 202: (see curand.h & look for curandStatus or CURAND_STATUS_xxx) | CONTEXT_LOST
          CURAND_STATUS_LAUNCH_FAILURE | CONTEXT_LOST
          CURAND_STATUS_PREEXISTING_FAILURE | CONTEXT_LOST
          CUFFT failure 6: CUFFT_EXEC_FAILED | CONTEXT_LOST
          CUFFT_EXEC_FAILED | CONTEXT_LOST
          Error code - ORT_DEVICE_RESET - message: the device was reset | CONTEXT_LOST
          CUDA failure 2: out of memory ; GPU=0 ; hostname=a | OUT_OF_MEMORY
          CUDA error cudaErrorMemoryAllocation | OUT_OF_MEMORY
          CUDA_ERROR_OUT_OF_MEMORY | OUT_OF_MEMORY
          CUDA out of memory | OUT_OF_MEMORY
          Failed to allocate memory for requested buffer of size 1048576 | OUT_OF_MEMORY
          Available memory of 512 is smaller than requested bytes of 1048576 | OUT_OF_MEMORY
          CUBLAS failure 3: resource allocation failed | OUT_OF_MEMORY
          CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED | OUT_OF_MEMORY
          CUBLAS_STATUS_ALLOC_FAILED | OUT_OF_MEMORY
          CUDNN failure 2: CUDNN_STATUS_ALLOC_FAILED | OUT_OF_MEMORY
          CUDNN failure 4003: CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED | OUT_OF_MEMORY
          CUDNN failure 4004: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED | OUT_OF_MEMORY
          CURAND failure 102: (see curand.h) | OUT_OF_MEMORY
          CURAND_STATUS_ALLOCATION_FAILED | OUT_OF_MEMORY
          CUFFT failure 2: CUFFT_ALLOC_FAILED | OUT_OF_MEMORY
          CUFFT_ALLOC_FAILED | OUT_OF_MEMORY
          CUDA failure 1: invalid argument | DEVICE_FAILED
          CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version | DEVICE_FAILED
          CUDA failure 209: no kernel image is available for execution on the device | DEVICE_FAILED
          CUDA failure 701: too many resources requested for launch | DEVICE_FAILED
          CUDA failure 7000: no such number | DEVICE_FAILED
          CUDA failure 802: system not yet initialized | DEVICE_FAILED
          CUDA error cudaErrorNotSupported | DEVICE_FAILED
          CUDA_ERROR_NOT_SUPPORTED | DEVICE_FAILED
          CUBLAS failure 1: the library was not initialized | DEVICE_FAILED
          CUBLAS_STATUS_NOT_SUPPORTED | DEVICE_FAILED
          CUDNN failure 1001: CUDNN_STATUS_NOT_INITIALIZED | DEVICE_FAILED
          CUDNN failure 4000: CUDNN_STATUS_INTERNAL_ERROR | DEVICE_FAILED
          CUDNN_FE failure 11: CUDNN_BACKEND_API_FAILED | DEVICE_FAILED
          CURAND failure 101: (see curand.h) | DEVICE_FAILED
          CUFFT failure 5: CUFFT_INTERNAL_ERROR | DEVICE_FAILED
          Error code - ORT_EP_FAIL - message: the provider failed | DEVICE_FAILED
          Error code - ORT_INVALID_ARGUMENT - message: Invalid Feed Input Name:x | INPUT_REJECTED
          [ONNXRuntimeError] : 2 : INVALID_ARGUMENT : Got invalid dimensions for input: z | INPUT_REJECTED
          Got invalid dimensions for input: z for the following indices | INPUT_REJECTED
          Invalid rank for input: z Got: 2 Expected: 3 | INPUT_REJECTED
          Unexpected input data type. Actual: (tensor(double)) , expected: (tensor(float)) | INPUT_REJECTED
          Missing Input: z | INPUT_REJECTED
          Unknown input name nothing, expected one of [input] | INPUT_REJECTED
          Unexpected number of inputs, expected [1,2) found 0 | INPUT_REJECTED
          The input tensor cannot be reshaped to the requested shape. Input shape:{1} | INPUT_REJECTED
          indices element out of data bounds, idx=9 must be within the inclusive range | INPUT_REJECTED
          Non-zero status code returned while running Conv node. Name:'/dec/conv_pre/Conv' | RUN_FAILED
          Exiting due to terminate flag being set to true. | RUN_FAILED
          page 700 of the manual, figure 46 and 999 more | RUN_FAILED
          broken | RUN_FAILED
          """)
  void messagesAreUnderstood(String message, DeviceFailure kind) {
    assertEquals(kind, DeviceFailure.of(new IllegalStateException(message)));
    assertEquals(
        kind, DeviceFailure.of(new IllegalStateException(message.toUpperCase(Locale.ROOT))));
    OrtException within =
        new OrtException(
            OrtException.OrtErrorCode.ORT_FAIL,
            "Non-zero status code returned while running Conv node. Name:'/flow/Conv' Status Message: "
                + message);
    assertEquals(
        kind,
        DeviceFailure.of(
            new WorkerException(ErrorCode.INFERENCE_FAILED, "Graph flow.onnx failed", within)));
  }

  @Test
  void worstOfAChainCounts() {
    Exception lost = new IllegalStateException("CUDA failure 999: unknown error");
    Exception memory = new IllegalStateException("CUDA failure 2: out of memory", lost);
    Exception input = new IllegalStateException("ORT_INVALID_ARGUMENT", memory);
    assertEquals(DeviceFailure.CONTEXT_LOST, DeviceFailure.of(input));
    assertEquals(
        DeviceFailure.OUT_OF_MEMORY,
        DeviceFailure.of(
            new IllegalArgumentException(
                "CUDA failure 1", new IllegalStateException("CUDA failure 2"))));
  }

  @Test
  void typesCountWhereThereIsNoMessage() {
    assertEquals(DeviceFailure.CONTEXT_LOST, DeviceFailure.of(new TimeoutException()));
    assertEquals(DeviceFailure.INPUT_REJECTED, DeviceFailure.of(new IllegalArgumentException()));
    assertEquals(DeviceFailure.RUN_FAILED, DeviceFailure.of(new NullPointerException()));
    assertEquals(
        DeviceFailure.RUN_FAILED, DeviceFailure.of(new OutOfMemoryError("Java heap space")));
  }

  @Test
  void chainThatBitesItsTailIsReadOnce() {
    Exception head = new IllegalStateException("head");
    Exception tail = new IllegalStateException("CUDA failure 700", head);
    Throwable _ = head.initCause(tail);
    assertEquals(DeviceFailure.CONTEXT_LOST, DeviceFailure.of(head));
    assertFalse(DeviceFailure.exceedsMemoryLimit(head));
  }

  @Test
  void limitOfASessionIsReportedFromAFullDevice() {
    assertTrue(
        DeviceFailure.exceedsMemoryLimit(
            new IllegalStateException(
                "Graph flow.onnx failed",
                new IllegalStateException(
                    "Available memory of 512 is smaller than requested bytes of 1048576"))));
    assertFalse(
        DeviceFailure.exceedsMemoryLimit(
            new IllegalStateException("CUDA failure 2: out of memory")));
  }
}
