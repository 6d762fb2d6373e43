package dev.ttsworker.engine.graph;

/// What became of the attempt to cut a model.
public sealed interface PartitionResult permits PartitionedGraphs, PartitionResult.Uncuttable {
  /// The model is readable, yet not of the shape that can be cut; it can only run whole.
  ///
  /// @param reason one line for the log
  record Uncuttable(String reason) implements PartitionResult {}
}
