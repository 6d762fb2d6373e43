package dev.ttsworker.bench.client;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/// Tells failed calls on one line.
final class Failures {
  private Failures() {}

  static String describe(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    String reason = status.getDescription() == null ? "" : ": " + status.getDescription();
    @Nullable Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return status.getCode() + reason + (root == null ? "" : ": " + root.getMessage());
  }
}
