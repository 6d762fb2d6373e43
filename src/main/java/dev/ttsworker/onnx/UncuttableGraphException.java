package dev.ttsworker.onnx;

import java.io.Serial;

/// Ends the search for the cut; becomes [CutResult.Uncuttable] at the edge of the package.
final class UncuttableGraphException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UncuttableGraphException(String reason) {
    super(reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
