package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.StyleInterface;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Kokoro model: a sentence to audio in one run. Thread-safe; closing waits for nobody, running
/// work ends first.
final class KokoroModel implements AutoCloseable {
  static final int SAMPLE_RATE_HZ = 24_000;

  /// Samples of a unit of duration: 25 ms.
  static final int UNIT = 600;

  /// Bounds what a broken voice can ask for: a phoneme of a minute.
  private static final float LONGEST_UNITS = 2_400;

  private final StyleInterface names;
  private final Graph graph;

  /// Takes the graph over.
  KokoroModel(StyleInterface names, Graph graph) {
    this.names = names;
    this.graph = graph;
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
  Speech speak(long[] ids, float[] style, float speed, CancellationToken cancel) {
    Map<String, FloatTensor> made =
        graph.run(
            Map.of(
                names.phonemes(),
                new LongTensor(ids, 1, ids.length),
                names.style(),
                new FloatTensor(style, 1, style.length),
                names.speed(),
                new FloatTensor(new float[] {speed}, 1)),
            Set.of(names.audio(), StyleInterface.DURATIONS),
            cancel);
    float[] samples = Samples.finite("sample", values(made, names.audio()));
    float[] durations = Samples.finite("duration", values(made, StyleInterface.DURATIONS));
    int[] lengths = new int[ids.length];
    long sum = 0;
    for (int i = 0; i < lengths.length && i < durations.length; i++) {
      if (!(durations[i] >= 1 && durations[i] <= LONGEST_UNITS)) {
        throw failed("The voice gave a phoneme the duration " + durations[i]);
      }
      lengths[i] = UNIT * (int) durations[i];
      sum += lengths[i];
    }
    if (durations.length != ids.length || samples.length != sum) {
      throw failed(
          "The voice gave %d durations of %d phonemes, and %d samples of %d"
              .formatted(durations.length, ids.length, samples.length, sum));
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
    graph.close();
  }
}
