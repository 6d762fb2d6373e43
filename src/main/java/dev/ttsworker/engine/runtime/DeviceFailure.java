package dev.ttsworker.engine.runtime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a failed run or load on an accelerator says about the accelerator, the worst first. What
/// the messages mean is in [FailurePatterns].
public enum DeviceFailure {
  /// The context of this process on the device is broken, or the device does not answer: every run
  /// from now on fails, and only a new process helps.
  CONTEXT_LOST,
  /// Its memory is full, or the share of it that this worker may use; it works again when there is
  /// room.
  OUT_OF_MEMORY,
  /// The device or one of its libraries failed; with sessions opened anew it may work again.
  DEVICE_FAILED,
  /// The runtime refused what it was given: the fault of one batch item, not of the device.
  INPUT_REJECTED,
  /// This run failed, and nothing says whose fault it was.
  RUN_FAILED;

  /// Enough for every chain of causes there is; one that bites its tail must not be followed for
  /// ever.
  private static final int LONGEST_CHAIN = 32;

  /// Whether it is the fault of the device, whatever it was given.
  public boolean isDeviceFault() {
    return switch (this) {
      case CONTEXT_LOST, OUT_OF_MEMORY, DEVICE_FAILED -> true;
      case INPUT_REJECTED, RUN_FAILED -> false;
    };
  }

  /// Reads the types and messages of a failure and its causes; the worst of what they mean.
  public static DeviceFailure of(Throwable failure) {
    DeviceFailure worst = RUN_FAILED;
    @Nullable Throwable at = failure;
    for (int i = 0; at != null && i < LONGEST_CHAIN; i++) {
      DeviceFailure kind = FailurePatterns.kind(at);
      worst = kind.compareTo(worst) < 0 ? kind : worst;
      at = at.getCause();
    }
    return worst;
  }

  /// Whether a session needed more than the memory limit it was opened with, while the device may
  /// have room.
  public static boolean exceedsMemoryLimit(Throwable failure) {
    @Nullable Throwable at = failure;
    for (int i = 0; at != null && i < LONGEST_CHAIN; i++) {
      if (String.valueOf(at.getMessage())
          .toLowerCase(Locale.ROOT)
          .contains(FailurePatterns.LIMIT)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
