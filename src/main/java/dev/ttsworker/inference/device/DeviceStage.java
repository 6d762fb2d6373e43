package dev.ttsworker.inference.device;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.ColumnsTensor;
import dev.ttsworker.inference.FloatTensor;
import dev.ttsworker.inference.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// One stage of a voice on all accelerators: windows of any width are padded to one of a few, on
/// the side where they have context and nothing is kept. Thread-safe; callers wait.
public final class DeviceStage implements AutoCloseable {
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
  /// @return the output, row-major; empty when no accelerator works, one failed at it, or the
  ///   window fits none of the widths: then the caller computes it elsewhere
  /// @throws WorkerException `CALL_CANCELLED`
  public Optional<FloatBuffer> run(
      ColumnsTensor window,
      Place place,
      Map<String, Tensor> conditions,
      long deadlineNanos,
      CancelSignal cancel) {
    int columns = window.to() - window.from();
    Integer width = spec.widths().ceiling(columns);
    if (width == null || !(width == columns || canPad(place))) {
      return Optional.empty();
    }
    Optional<Accelerator> chosen = accelerators.earliest();
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    int left = place.first() ? 0 : width - columns;
    Row row =
        new Row(
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

  private static Optional<float[]> await(Row row, Accelerator accelerator, CancelSignal cancel) {
    accelerator.submit(row);
    try (CancelSignal.Registration _ = cancel.onCancel(() -> accelerator.withdraw(row))) {
      return Optional.of(row.made().get());
    } catch (ExecutionException | CancellationException notMade) {
      if (cancel.isCancelled()) {
        throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", notMade);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      accelerator.withdraw(row);
      Thread.currentThread().interrupt();
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled", e);
    }
  }

  private float[] padded(ColumnsTensor window, int left, int width) {
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
