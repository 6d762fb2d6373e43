package dev.ttsworker.engine.runtime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Failure classification table of messages of ONNX Runtime and NVIDIA's libraries. Numbers apply
/// where ONNX Runtime writes them, as in `CUBLAS failure 13: …`, since the words after them differ
/// between versions; names and words apply everywhere. Sources: `driver_types.h` of CUDA 12.9,
/// where "the process must be terminated and relaunched" marks context loss; the references of
/// cuBLAS 12, cuDNN 9, cuRAND and cuFFT; `cuda_call.cc`, `bfc_arena.cc` and `onnxruntime_c_api.h`
/// of ONNX Runtime.
final class FailurePatterns {
  /// Message of an arena at its limit.
  static final String LIMIT = "is smaller than requested bytes of";

  /// Error of CUDA's runtime after which the process cannot use the device: its number, its name
  /// and CUDA's message, empty where that is ambiguous.
  private record Lost(int number, String name, String words) {}

  private static final List<Lost> LOST =
      List.of(
          new Lost(3, "cudaErrorInitializationError", ""),
          new Lost(4, "cudaErrorCudartUnloading", "driver shutting down"),
          new Lost(46, "cudaErrorDevicesUnavailable", "is/are busy or unavailable"),
          new Lost(100, "cudaErrorNoDevice", "no cuda-capable device is detected"),
          new Lost(101, "cudaErrorInvalidDevice", "invalid device ordinal"),
          new Lost(201, "cudaErrorDeviceUninitialized", "invalid device context"),
          new Lost(214, "cudaErrorECCUncorrectable", "uncorrectable ecc error"),
          new Lost(219, "cudaErrorInvalidGraphicsContext", "invalid opengl or directx context"),
          new Lost(220, "cudaErrorNvlinkUncorrectable", "uncorrectable nvlink error"),
          new Lost(226, "cudaErrorContained", "over nvlink or a hardware error"),
          new Lost(700, "cudaErrorIllegalAddress", "illegal memory access"),
          new Lost(702, "cudaErrorLaunchTimeout", "launch timed out and was terminated"),
          new Lost(709, "cudaErrorContextIsDestroyed", "context is destroyed"),
          new Lost(710, "cudaErrorAssert", "device-side assert"),
          new Lost(714, "cudaErrorHardwareStackError", "hardware stack error"),
          new Lost(715, "cudaErrorIllegalInstruction", "illegal instruction"),
          new Lost(716, "cudaErrorMisalignedAddress", "misaligned address"),
          new Lost(717, "cudaErrorInvalidAddressSpace", "global/shared address space"),
          new Lost(718, "cudaErrorInvalidPc", "invalid program counter"),
          new Lost(719, "cudaErrorLaunchFailure", "unspecified launch failure"),
          new Lost(721, "cudaErrorTensorMemoryLeak", ""),
          new Lost(806, "cudaErrorMpsRpcFailure", ""),
          new Lost(810, "cudaErrorMpsClientTerminated", ""),
          new Lost(911, "cudaErrorExternalDevice", ""),
          new Lost(999, "cudaErrorUnknown", ""));

  private static final Pattern NUMBERED =
      Pattern.compile("\\b(cuda|cublas|cudnn|curand|cufft) (?:failure|error):? (\\d{1,6})\\b");

  /// By library. A kernel that cuDNN or cuBLAS could not run or copy for means that an earlier one
  /// corrupted the context.
  private static final Map<String, Set<Integer>> LOST_NUMBERS =
      Map.of(
          "cuda", Set.copyOf(LOST.stream().map(Lost::number).toList()),
          "cublas", Set.of(11, 13, 14),
          "cudnn", Set.of(5000, 5001, 5002, 5003, 5004),
          "curand", Set.of(201, 202),
          "cufft", Set.of(6));

  private static final Map<String, Set<Integer>> MEMORY_NUMBERS =
      Map.of(
          "cuda", Set.of(2),
          "cublas", Set.of(3),
          "cudnn", Set.of(4003, 4004),
          "curand", Set.of(102),
          "cufft", Set.of(2));

  private static final List<String> LOST_WORDS =
      Stream.concat(
              LOST.stream().flatMap(error -> Stream.of(error.name(), error.words())),
              Stream.of(
                  "CUDA_ERROR_DEVICE_UNAVAILABLE",
                  "CUDA_ERROR_NO_DEVICE",
                  "CUDA_ERROR_DEINITIALIZED",
                  "CUDA_ERROR_CONTEXT_IS_DESTROYED",
                  "CUDA_ERROR_ECC_UNCORRECTABLE",
                  "CUDA_ERROR_NVLINK_UNCORRECTABLE",
                  "CUDA_ERROR_CONTAINED",
                  "CUDA_ERROR_ILLEGAL_ADDRESS",
                  "CUDA_ERROR_LAUNCH_TIMEOUT",
                  "CUDA_ERROR_LAUNCH_FAILED",
                  "CUDA_ERROR_ASSERT",
                  "CUDA_ERROR_HARDWARE_STACK_ERROR",
                  "CUDA_ERROR_ILLEGAL_INSTRUCTION",
                  "CUDA_ERROR_MISALIGNED_ADDRESS",
                  "CUDA_ERROR_INVALID_ADDRESS_SPACE",
                  "CUDA_ERROR_INVALID_PC",
                  "CUDA_ERROR_UNKNOWN",
                  "CUBLAS_STATUS_EXECUTION_FAILED",
                  "CUBLAS_STATUS_INTERNAL_ERROR",
                  "CUBLAS_STATUS_MAPPING_ERROR",
                  "CUDNN_STATUS_EXECUTION_FAILED",
                  "CUDNN_STATUS_MAPPING_ERROR",
                  "CURAND_STATUS_LAUNCH_FAILURE",
                  "CURAND_STATUS_PREEXISTING_FAILURE",
                  "CUFFT_EXEC_FAILED",
                  "ORT_DEVICE_RESET"))
          .filter(word -> !word.isEmpty())
          .map(word -> word.toLowerCase(Locale.ROOT))
          .toList();

  private static final List<String> MEMORY_WORDS =
      List.of(
          "failed to allocate memory for requested buffer",
          LIMIT,
          "out of memory",
          "cudaerrormemoryallocation",
          "cuda_error_out_of_memory",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "host_allocation_failed",
          "device_allocation_failed",
          "curand_status_allocation_failed",
          "cufft_alloc_failed");

  private static final List<String> DEVICE_WORDS =
      List.of(
          "cuda failure",
          "cuda error",
          "cudaerror",
          "cuda_error_",
          "cublas failure",
          "cublas_status_",
          "cudnn failure",
          "cudnn_fe failure",
          "cudnn_status_",
          "cudnn_backend_",
          "curand failure",
          "curand_status_",
          "cufft failure",
          "ort_ep_fail");

  private static final List<String> INPUT_WORDS =
      List.of(
          "ort_invalid_argument",
          " : invalid_argument : ",
          "got invalid dimensions for",
          "invalid rank for input",
          "missing input:",
          "unknown input name",
          "unexpected number of inputs",
          "unexpected input data type",
          "cannot be reshaped to the requested shape",
          "out of data bounds");

  private FailurePatterns() {}

  /// The class of one failure, without its cause.
  static DeviceFailure kind(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return DeviceFailure.CONTEXT_LOST;
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (isNumbered(message, LOST_NUMBERS) || has(message, LOST_WORDS)) {
      return DeviceFailure.CONTEXT_LOST;
    }
    if (isNumbered(message, MEMORY_NUMBERS) || has(message, MEMORY_WORDS)) {
      return DeviceFailure.OUT_OF_MEMORY;
    }
    if (has(message, DEVICE_WORDS)) {
      return DeviceFailure.DEVICE_FAILED;
    }
    return failure instanceof IllegalArgumentException || has(message, INPUT_WORDS)
        ? DeviceFailure.INPUT_REJECTED
        : DeviceFailure.RUN_FAILED;
  }

  private static boolean has(String message, List<String> words) {
    return words.stream().anyMatch(message::contains);
  }

  private static boolean isNumbered(String message, Map<String, Set<Integer>> numbers) {
    Matcher found = NUMBERED.matcher(message);
    while (found.find()) {
      if (numbers
          .getOrDefault(found.group(1), Set.of())
          .contains(Integer.valueOf(found.group(2)))) {
        return true;
      }
    }
    return false;
  }
}
