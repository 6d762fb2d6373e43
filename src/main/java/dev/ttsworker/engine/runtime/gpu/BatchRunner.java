package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.DeviceFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Batch execution with fault isolation on one accelerator. Unless the message proves a device
/// fault, the same session runs on zeros: if that fails too, the device is at fault; if not, an
/// item is, and the batch is bisected until the failing item is alone. Its caller computes it on
/// the CPU, all others receive their output. Thread-safe.
final class BatchRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  /// A device that can compute only zeros is faulty too.
  private static final int REJECTIONS_IN_SUCCESSION = 3;

  private final Accelerator accelerator;
  private final AtomicInteger refused = new AtomicInteger();

  BatchRunner(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  /// Completes every item: with its output, with a failure, or by cancellation; then the caller
  /// computes it elsewhere.
  void run(List<BatchItem> batch, CancellationToken stop) {
    BatchItem first = batch.getFirst();
    if (!accelerator.isWorking() || stop.isCancelled()) {
      cancel(batch);
      return;
    }
    try {
      Optional<float[][]> outputs = first.replica().run(first.width(), batch, stop);
      if (outputs.isEmpty()) {
        cancel(batch);
        return;
      }
      refused.set(0);
      accelerator.onSuccess();
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).output().complete(outputs.get()[i]);
      }
    } catch (Throwable e) {
      settle(batch, e, stop);
    }
  }

  private static void cancel(List<BatchItem> batch) {
    batch.forEach(item -> item.output().cancel(false));
  }

  private void settle(List<BatchItem> batch, Throwable failure, CancellationToken stop) {
    if (stop.isCancelled()) {
      cancel(batch);
    } else if (DeviceFailure.of(failure).isDeviceFault()) {
      fail(batch, failure);
    } else {
      check(batch, failure, stop);
    }
  }

  private void fail(List<BatchItem> batch, Throwable failure) {
    accelerator.onFailure(failure);
    batch.forEach(item -> item.output().completeExceptionally(failure));
  }

  private void check(List<BatchItem> batch, Throwable failure, CancellationToken stop) {
    BatchItem first = batch.getFirst();
    try {
      if (!first.replica().check(first.width(), batch.size(), stop)) {
        cancel(batch);
        return;
      }
    } catch (Throwable e) {
      fail(batch, DeviceFailure.of(e).isDeviceFault() ? e : failure);
      return;
    }
    int half = batch.size() / 2;
    if (half > 0) {
      run(batch.subList(0, half), stop);
      run(batch.subList(half, batch.size()), stop);
    } else {
      refuse(first, failure);
    }
  }

  private void refuse(BatchItem item, Throwable failure) {
    boolean unclear = DeviceFailure.of(failure) == DeviceFailure.RUN_FAILED;
    if (unclear && refused.incrementAndGet() >= REJECTIONS_IN_SUCCESSION) {
      refused.set(0);
      accelerator.onFailure(failure);
    } else {
      LOG.atWarn()
          .setCause(failure)
          .log("{} does not compute a window of {}", accelerator.name(), item.replica());
    }
    item.output().completeExceptionally(failure);
  }
}
