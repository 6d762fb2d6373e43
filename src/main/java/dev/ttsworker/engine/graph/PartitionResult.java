package dev.ttsworker.engine.graph;

/// Result of partitioning a model.
public sealed interface PartitionResult permits PartitionedGraphs, PartitionResult.Unpartitionable {
  /// The model is readable, yet not of the structure that can be partitioned; it can only run
  /// whole.
  ///
  /// @param reason one line for the log
  record Unpartitionable(String reason) implements PartitionResult {}
}
