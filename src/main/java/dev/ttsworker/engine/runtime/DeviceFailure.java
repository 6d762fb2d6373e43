package dev.ttsworker.engine.runtime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Device failure classes of a failed run or load on an accelerator, the worst first.
/// [FailurePatterns] maps messages to them.
public enum DeviceFailure {
  /// The context of this process on the device is corrupt, or the device does not respond: every
  /// further run fails, and only a new process helps.
  CONTEXT_LOST,
  /// Its memory is full, or this worker's share of it; it works again when memory is free.
  OUT_OF_MEMORY,
  /// The device or one of its libraries failed; with new sessions it may work again.
  DEVICE_FAILED,
  /// The runtime rejected its input: the fault of one batch item, not of the device.
  INPUT_REJECTED,
  /// The run failed for an unknown reason.
  RUN_FAILED;

  /// Longest chain of causes that is followed; chains may be cyclic.
  private static final int LONGEST_CHAIN = 32;

  /// Whether the device is at fault, whatever its input.
  public boolean isDeviceFault() {
    return switch (this) {
      case CONTEXT_LOST, OUT_OF_MEMORY, DEVICE_FAILED -> true;
      case INPUT_REJECTED, RUN_FAILED -> false;
    };
  }

  /// Classifies a failure by the types and messages of its chain of causes; the worst class
  /// applies.
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

  /// Whether a session exceeded its own memory limit, while the device may have free memory.
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
