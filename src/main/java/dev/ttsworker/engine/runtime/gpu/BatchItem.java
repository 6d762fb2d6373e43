package dev.ttsworker.engine.runtime.gpu;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// One window that waits for its place in a batch.
///
/// @param replica what computes it
/// @param width columns, one of the stage's widths
/// @param frames input, `[channels, width]`, row-major
/// @param mask `width` numbers; empty when the stage has none
/// @param conditions by name
/// @param deadlineNanos when its listener runs dry
/// @param output the output, row-major
@SuppressWarnings("ArrayRecordComponent") // For one run; never compared.
record BatchItem(
    Replica replica,
    int width,
    float[] frames,
    float[] mask,
    Map<String, float[]> conditions,
    long deadlineNanos,
    CompletableFuture<float[]> output) {
  /// Whether both can be rows of one batch.
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
