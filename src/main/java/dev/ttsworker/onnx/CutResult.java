package dev.ttsworker.onnx;

/// What became of the attempt to cut a model.
public sealed interface CutResult permits CutGraphs, CutResult.Uncuttable {
  /// The model is readable, yet not of the shape that can be cut; it can only run whole.
  ///
  /// @param reason one line for the log
  record Uncuttable(String reason) implements CutResult {}
}
