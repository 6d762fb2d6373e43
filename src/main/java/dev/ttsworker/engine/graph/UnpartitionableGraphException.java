package dev.ttsworker.engine.graph;

import java.io.Serial;

/// Ends the cut point search; becomes [PartitionResult.Unpartitionable] at the edge of the package.
final class UnpartitionableGraphException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnpartitionableGraphException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
