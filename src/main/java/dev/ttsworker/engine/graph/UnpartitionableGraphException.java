package dev.ttsworker.engine.graph;

import java.io.Serial;

/// Ends the search for the cut; becomes [PartitionResult.Uncuttable] at the edge of the package.
final class UnpartitionableGraphException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnpartitionableGraphException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
