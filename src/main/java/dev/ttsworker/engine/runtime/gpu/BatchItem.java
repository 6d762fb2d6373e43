package dev.ttsworker.engine.runtime.gpu;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Batch item: one window that waits for a batch.
///
/// @param replica computes it
/// @param width frames, one of the stage's widths
/// @param largestBatch most items of its batch
/// @param frames input, `[channels, width]`, row-major
/// @param mask `width` numbers; empty when the stage has none
/// @param conditions by name
/// @param deadlineNanos its play-out deadline
/// @param output row-major
@SuppressWarnings("ArrayRecordComponent") // For one run; never compared.
record BatchItem(
    Replica replica,
    int width,
    int largestBatch,
    float[] frames,
    float[] mask,
    Map<String, float[]> conditions,
    long deadlineNanos,
    CompletableFuture<float[]> output) {
  /// Whether both can be items of one batch.
  boolean fits(BatchItem other) {
    return replica.equals(other.replica) && width == other.width;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
