package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Batch item: what waits for a batch, and its caller for it.
///
/// @param replica computes it
/// @param width one of the replica's widths
/// @param largestBatch most items of its batch
/// @param inputs by name, its own
/// @param deadlineNanos its play-out deadline
/// @param output row-major
record BatchItem(
    Replica replica,
    int width,
    int largestBatch,
    Map<String, Tensor> inputs,
    long deadlineNanos,
    CompletableFuture<float[]> output) {
  private static final Logger LOG = LoggerFactory.getLogger(BatchItem.class);

  BatchItem(
      Replica replica,
      int width,
      int largestBatch,
      Map<String, Tensor> inputs,
      long deadlineNanos) {
    this(replica, width, largestBatch, inputs, deadlineNanos, new CompletableFuture<>());
  }

  /// Whether both can be items of one batch.
  boolean fits(BatchItem other) {
    return replica.equals(other.replica) && width == other.width;
  }

  /// Has it computed on the replica's accelerator, and waits.
  ///
  /// @return empty when the accelerator fails or exceeds its time limit: then the caller computes
  ///   it elsewhere
  /// @throws WorkerException `CALL_CANCELLED`
  Optional<float[]> compute(Accelerator accelerator, CancellationToken cancel) {
    accelerator.submit(this);
    try (CancellationToken.Registration _ = cancel.onCancel(() -> abandon(accelerator))) {
      return answer(accelerator);
    } catch (ExecutionException | CancellationException notMade) {
      if (cancel.isCancelled()) {
        throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", notMade);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      abandon(accelerator);
      Thread.currentThread().interrupt();
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", e);
    }
  }

  /// It owns all its data, so it may continue to run without its caller.
  private void abandon(Accelerator accelerator) {
    boolean _ = accelerator.withdraw(this);
    output.cancel(false);
  }

  /// Waits for the batches before it and then for its own, no longer than a healthy accelerator
  /// needs.
  private Optional<float[]> answer(Accelerator accelerator)
      throws InterruptedException, ExecutionException {
    Duration patience = Duration.ofNanos(replica.patienceNanos());
    for (int i = 0; i < 2; i++) {
      try {
        return Optional.of(output.get(patience.toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        if (accelerator.withdraw(this)) {
          LOG.debug("{} is too busy for {}", accelerator.name(), replica);
          return Optional.empty();
        }
      }
    }
    accelerator.onTimeout(this, patience);
    return Optional.empty();
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
