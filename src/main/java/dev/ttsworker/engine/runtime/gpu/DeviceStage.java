package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One stage of a voice on all accelerators: windows of any width are padded to one of a few, on
/// the side where they have context and nothing is kept. Thread-safe; callers wait.
public final class DeviceStage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DeviceStage.class);

  private final StageSpec spec;
  private final Accelerators accelerators;
  private final Map<Accelerator, Replica> replicas;

  DeviceStage(StageSpec spec, Accelerators accelerators, Map<Accelerator, Replica> replicas) {
    this.spec = spec;
    this.accelerators = accelerators;
    this.replicas = Map.copyOf(replicas);
  }

  /// Where a window lies in its sentence.
  ///
  /// @param first whether it begins where the sentence begins
  /// @param last whether it ends where the sentence ends
  public record Place(boolean first, boolean last) {}

  /// Computes a window.
  ///
  /// @param deadlineNanos when its listener runs dry
  /// @return the output, row-major; empty when no accelerator works, one failed at it or did not
  ///   answer in time, or the window does not fit: then the caller computes it elsewhere
  /// @throws WorkerException `CALL_CANCELLED`
  public Optional<FloatBuffer> run(
      FrameSlice window,
      Place place,
      Map<String, Tensor> conditions,
      long deadlineNanos,
      CancellationToken cancel) {
    int columns = window.to() - window.from();
    Integer width = spec.widths().ceiling(columns);
    if (width == null || !(width == columns || canPad(place)) || !fits(window, conditions)) {
      return Optional.empty();
    }
    Optional<Accelerator> chosen = accelerators.earliest();
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    int left = place.first() ? 0 : width - columns;
    BatchItem row =
        new BatchItem(
            Objects.requireNonNull(replicas.get(chosen.get())),
            width,
            padded(window, left, width),
            mask(left, columns, width),
            conditions(conditions),
            deadlineNanos,
            new CompletableFuture<>());
    return await(row, chosen.get(), cancel)
        .map(made -> FloatBuffer.wrap(middle(made, left, columns, width)));
  }

  /// A whole sentence has no side where nothing is kept, but where a mask hides the padding.
  private boolean canPad(Place place) {
    return spec.mask().isPresent() || !(place.first() && place.last());
  }

  /// What has other shapes than the stage was learned with must not get into a batch with others.
  private boolean fits(FrameSlice window, Map<String, Tensor> given) {
    return window.rows() == spec.rows()
        && spec.conditions().entrySet().stream()
            .allMatch(wanted ->
                given.get(wanted.getKey()) instanceof FloatTensor tensor
                    && tensor.values().length == wanted.getValue().elements());
  }

  private static Optional<float[]> await(
      BatchItem row, Accelerator accelerator, CancellationToken cancel) {
    accelerator.submit(row);
    try (CancellationToken.Registration _ = cancel.onCancel(() -> giveUp(row, accelerator))) {
      return answer(row, accelerator);
    } catch (ExecutionException | CancellationException notMade) {
      if (cancel.isCancelled()) {
        throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", notMade);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      giveUp(row, accelerator);
      Thread.currentThread().interrupt();
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", e);
    }
  }

  /// The row owns all it consists of, so it may go on running when nobody waits for it.
  private static void giveUp(BatchItem row, Accelerator accelerator) {
    boolean _ = accelerator.withdraw(row);
    row.made().cancel(false);
  }

  /// Waits no longer than a sound accelerator needs, for the batches before and then for the row's
  /// own.
  private static Optional<float[]> answer(BatchItem row, Accelerator accelerator)
      throws InterruptedException, ExecutionException {
    Duration patience = Duration.ofNanos(row.replica().patienceNanos());
    for (int i = 0; i < 2; i++) {
      try {
        return Optional.of(row.made().get(patience.toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        if (accelerator.withdraw(row)) {
          log.debug("{} has too much to do for a window", accelerator.name());
          return Optional.empty();
        }
      }
    }
    accelerator.unanswered(row, patience);
    return Optional.empty();
  }

  private float[] padded(FrameSlice window, int left, int width) {
    float[] columns = new float[spec.rows() * width];
    int count = window.to() - window.from();
    for (int row = 0; row < spec.rows(); row++) {
      System.arraycopy(
          window.matrix(),
          row * window.stride() + window.from(),
          columns,
          row * width + left,
          count);
    }
    return columns;
  }

  private float[] mask(int left, int columns, int width) {
    if (spec.mask().isEmpty()) {
      return new float[0];
    }
    float[] mask = new float[width];
    Arrays.fill(mask, left, left + columns, 1f);
    return mask;
  }

  private Map<String, float[]> conditions(Map<String, Tensor> all) {
    Map<String, float[]> wanted = new HashMap<>();
    for (String name : spec.conditions().keySet()) {
      wanted.put(name, ((FloatTensor) Objects.requireNonNull(all.get(name))).values());
    }
    return wanted;
  }

  /// The output without what the padding made.
  private float[] middle(float[] made, int left, int columns, int width) {
    if (columns == width) {
      return made;
    }
    int each = spec.columnsMade();
    int rows = made.length / (width * each);
    float[] kept = new float[rows * columns * each];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(
          made, (row * width + left) * each, kept, row * columns * each, columns * each);
    }
    return kept;
  }

  /// Frees it on all accelerators, after what runs.
  @Override
  public void close() {
    replicas.forEach(Accelerator::remove);
  }
}
