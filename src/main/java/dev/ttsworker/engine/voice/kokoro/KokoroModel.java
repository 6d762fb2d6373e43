package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.StyleInterface;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime.Nodes;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.DeviceGraph;
import dev.ttsworker.engine.runtime.gpu.GraphSpec;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Kokoro model: a sentence to audio in one run, on an accelerator when one can, else on the CPU.
/// Thread-safe; closing waits for nobody, running work ends first.
final class KokoroModel implements AutoCloseable {
  static final int SAMPLE_RATE_HZ = 24_000;

  /// Samples of a unit of duration: 25 ms.
  static final int UNIT = 600;

  /// Bounds what a broken voice can ask for: a phoneme of a minute.
  private static final float LONGEST_UNITS = 2_400;

  private final StyleInterface names;
  private final Graph graph;
  private Optional<OnDevice> device = Optional.empty();

  /// Takes the graph over.
  KokoroModel(StyleInterface names, Graph graph) {
    this.names = names;
    this.graph = graph;
  }

  /// Graph on accelerators.
  ///
  /// @param files that it is read from again after a failure; closed with it
  private record OnDevice(DeviceGraph graph, KokoroFiles files) implements AutoCloseable {
    @Override
    public void close() {
      graph.close();
      files.close();
    }
  }

  /// Has sentences computed on accelerators too, when they work. To be called before the first one.
  void accelerate(DeviceGraph there, KokoroFiles files) {
    device = Optional.of(new OnDevice(there, files));
  }

  /// What accelerators must know of the graph.
  ///
  /// @param ids of a short sentence
  /// @param style of [SpeakerFiles#WIDTH] numbers
  GraphSpec spec(long[] ids, float[] style) {
    // Lengths and places are worked out beside the sound; the runtime places them on the CPU.
    return new GraphSpec(
        "sentence",
        List.of(StyleInterface.DURATIONS, names.audio()),
        inputs(ids, style, 1),
        Nodes.SOME_ON_CPU);
  }

  private Map<String, Tensor> inputs(long[] ids, float[] style, float speed) {
    return Map.of(
        names.phonemes(),
        new LongTensor(ids, 1, ids.length),
        names.style(),
        new FloatTensor(style, 1, style.length),
        names.speed(),
        new FloatTensor(new float[] {speed}, 1));
  }

  /// What the model gives for a sentence.
  ///
  /// @param lengths samples of each phoneme number; all samples together
  @SuppressWarnings("ArrayRecordComponent") // Read by one sentence; never compared.
  record Speech(float[] samples, int[] lengths) {}

  /// Says a sentence.
  ///
  /// @param ids phoneme numbers, with the marks at both ends
  /// @param style of [SpeakerFiles#WIDTH] numbers
  /// @param speed durations are divided by it
  /// @throws WorkerException `INFERENCE_FAILED`, `CALL_CANCELLED`
  Speech speak(long[] ids, float[] style, float speed, Pace pace, CancellationToken cancel) {
    Map<String, Tensor> inputs = inputs(ids, style, speed);
    Optional<float[]> there =
        device.flatMap(it -> it.graph().run(inputs, pace.deadlineNanos(), cancel));
    if (there.isPresent()) {
      float[] made = there.get();
      int count = Math.min(ids.length, made.length);
      return speech(
          ids.length, Arrays.copyOf(made, count), Arrays.copyOfRange(made, count, made.length));
    }
    Map<String, FloatTensor> made =
        graph.run(inputs, Set.of(names.audio(), StyleInterface.DURATIONS), cancel);
    return speech(ids.length, values(made, StyleInterface.DURATIONS), values(made, names.audio()));
  }

  private static Speech speech(int count, float[] durations, float[] samples) {
    float[] _ = Samples.finite("sample", samples);
    float[] _ = Samples.finite("duration", durations);
    int[] lengths = new int[count];
    long sum = 0;
    for (int i = 0; i < lengths.length && i < durations.length; i++) {
      if (!(durations[i] >= 1 && durations[i] <= LONGEST_UNITS)) {
        throw failed("The voice gave a phoneme the duration " + durations[i]);
      }
      lengths[i] = UNIT * (int) durations[i];
      sum += lengths[i];
    }
    if (durations.length != count || samples.length != sum) {
      throw failed(
          "The voice gave %d durations of %d phonemes, and %d samples of %d"
              .formatted(durations.length, count, samples.length, sum));
    }
    return new Speech(samples, lengths);
  }

  private static float[] values(Map<String, FloatTensor> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name)).values();
  }

  private static WorkerException failed(String message) {
    return new WorkerException(ErrorCode.INFERENCE_FAILED, message);
  }

  @Override
  public void close() {
    device.ifPresent(OnDevice::close);
    graph.close();
  }
}
