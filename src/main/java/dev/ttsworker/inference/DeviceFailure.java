package dev.ttsworker.inference;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a failed run or load on an accelerator says about the accelerator.
public enum DeviceFailure {
  /// Its memory is full; it works again when there is room.
  OUT_OF_MEMORY,
  /// The context of this process on the device is broken, and so is every run from now on: only a
  /// new process helps.
  CONTEXT_LOST,
  /// This run failed; the next may not.
  RUN_FAILED;

  private static final List<String> MEMORY_MARKS =
      List.of(
          "failed to allocate memory for requested buffer",
          "out of memory",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed");

  /// CUDA's sticky errors: 700 illegal address, 710 assert, 714 to 719 launch failures, 214 ECC,
  /// 79x and a device that fell off the bus (46, 100 and 101 come at the start only).
  private static final List<String> LOST_MARKS =
      List.of(
          "cuda error 700",
          "cuda failure 700",
          "cuda failure 710",
          "cuda failure 714",
          "cuda failure 715",
          "cuda failure 716",
          "cuda failure 717",
          "cuda failure 718",
          "cuda failure 719",
          "cuda failure 214",
          "illegal memory access",
          "device-side assert",
          "unspecified launch failure",
          "misaligned address",
          "illegal instruction",
          "uncorrectable ecc error");

  /// Reads the messages of a failure and its causes.
  public static DeviceFailure of(Throwable failure) {
    DeviceFailure found = RUN_FAILED;
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (LOST_MARKS.stream().anyMatch(message::contains)) {
        return CONTEXT_LOST;
      }
      if (MEMORY_MARKS.stream().anyMatch(message::contains)) {
        found = OUT_OF_MEMORY;
      }
    }
    return found;
  }
}
