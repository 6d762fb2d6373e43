package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.runtime.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Stage of a voice on all accelerators: windows of any width are padded to one of a few, on the
/// side with context whose output is dropped. Thread-safe; callers wait.
public final class DeviceStage implements AutoCloseable {
  private final StageSpec spec;
  private final Accelerators accelerators;
  private final Map<Accelerator, Replica> replicas;

  DeviceStage(StageSpec spec, Accelerators accelerators, Map<Accelerator, Replica> replicas) {
    this.spec = spec;
    this.accelerators = accelerators;
    this.replicas = Map.copyOf(replicas);
  }

  /// Position of a window in its sentence.
  ///
  /// @param first whether it begins at the start of the sentence
  /// @param last whether it ends at the end of the sentence
  public record Position(boolean first, boolean last) {}

  /// Computes a window.
  ///
  /// @param deadlineNanos its play-out deadline
  /// @return the output, row-major; empty when no accelerator works, one failed or exceeded its
  ///   time limit, or the window does not fit: then the caller computes it elsewhere
  /// @throws dev.ttsworker.error.WorkerException `CALL_CANCELLED`
  public Optional<FloatBuffer> run(
      FrameSlice window,
      Position position,
      Map<String, Tensor> conditions,
      long deadlineNanos,
      CancellationToken cancel) {
    Optional<Accelerator> chosen = accelerators.earliest();
    if (chosen.isEmpty() || !fits(window, conditions)) {
      return Optional.empty();
    }
    Replica replica = Objects.requireNonNull(replicas.get(chosen.get()));
    int frames = window.to() - window.from();
    int width = replica.width(frames).orElse(0);
    if (width == 0 || !(width == frames || canPad(position))) {
      return Optional.empty();
    }
    int left = position.first() ? 0 : width - frames;
    return new BatchItem(
            replica,
            width,
            replica.largestBatch(width),
            inputs(window, left, width, conditions),
            deadlineNanos)
        .compute(chosen.get(), cancel)
        .map(made -> FloatBuffer.wrap(middle(made, left, frames, width)));
  }

  private Map<String, Tensor> inputs(
      FrameSlice window, int left, int width, Map<String, Tensor> conditions) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(
        spec.input(), new FloatTensor(padded(window, left, width), 1, spec.channels(), width));
    spec.mask()
        .ifPresent(name ->
            inputs.put(
                name,
                new FloatTensor(mask(left, window.to() - window.from(), width), 1, 1, width)));
    for (String name : spec.conditions().keySet()) {
      inputs.put(name, Objects.requireNonNull(conditions.get(name)));
    }
    return inputs;
  }

  /// A whole sentence has no side to pad, unless a mask hides the padding.
  private boolean canPad(Position position) {
    return spec.mask().isPresent() || !(position.first() && position.last());
  }

  /// Inputs of other shapes than the stage's must not be in a batch with others.
  private boolean fits(FrameSlice window, Map<String, Tensor> given) {
    return window.channels() == spec.channels()
        && spec.conditions().entrySet().stream()
            .allMatch(wanted ->
                given.get(wanted.getKey()) instanceof FloatTensor tensor
                    && tensor.values().length == wanted.getValue().elements());
  }

  private float[] padded(FrameSlice window, int left, int width) {
    float[] frames = new float[spec.channels() * width];
    int count = window.to() - window.from();
    for (int channel = 0; channel < spec.channels(); channel++) {
      System.arraycopy(
          window.matrix(),
          channel * window.stride() + window.from(),
          frames,
          channel * width + left,
          count);
    }
    return frames;
  }

  private static float[] mask(int left, int frames, int width) {
    float[] mask = new float[width];
    Arrays.fill(mask, left, left + frames, 1f);
    return mask;
  }

  /// The output without that of the padding.
  private float[] middle(float[] made, int left, int frames, int width) {
    if (frames == width) {
      return made;
    }
    int factor = spec.upsamplingFactor();
    int channels = made.length / (width * factor);
    float[] kept = new float[channels * frames * factor];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(
          made,
          (channel * width + left) * factor,
          kept,
          channel * frames * factor,
          frames * factor);
    }
    return kept;
  }

  /// Frees it on all accelerators, after its running batches.
  @Override
  public void close() {
    replicas.forEach(Accelerator::remove);
  }
}
