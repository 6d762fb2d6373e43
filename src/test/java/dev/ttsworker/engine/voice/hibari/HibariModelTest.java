package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class HibariModelTest {
  private static final SpectralInterface NAMES =
      new SpectralInterface(
          "ids", "speed", "durations", "pitch", "columns", 1, 0, 0, 1, new ArrayList<>());

  /// A text stage whose frames all have one pitch.
  private record Monotone(float hz) implements Graph {
    @Override
    public Set<String> inputNames() {
      return Set.of();
    }

    @Override
    public Set<String> outputNames() {
      return Set.of();
    }

    @Override
    public Map<String, FloatTensor> run(
        Map<String, Tensor> inputs, Set<String> outputNames, CancellationToken cancel) {
      return Map.of(
          "durations", new FloatTensor(new float[] {1}, 1),
          "columns", new FloatTensor(new float[2], 1, 1, 2),
          "pitch", new FloatTensor(new float[] {hz, hz}, 1, 2));
    }

    @Override
    public <T> T run(
        Map<String, Tensor> inputs,
        String outputName,
        long[] outputShape,
        CancellationToken cancel,
        Function<FloatBuffer, T> reader) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void pitchThatNoVoiceHasIsAFailureOfTheVoice() {
    assertEquals(2, read(400).pitch().length);
    for (float hz : new float[] {1e30f, -1e30f, 12_001}) {
      WorkerException thrown = assertThrows(WorkerException.class, () -> read(hz));
      assertEquals(ErrorCode.INFERENCE_FAILED, thrown.code());
      assertEquals("The voice gave a pitch of " + hz + " Hz", thrown.getMessage());
    }
  }

  private static HibariModel.TextResult read(float hz) {
    Graph text = new Monotone(hz);
    HibariRequest request =
        new HibariRequest(SentenceIds.whole(new long[] {1}), 1, 1, AddedSamples.NONE, 1);
    return new HibariModel(NAMES, text, text)
        .runText(request, request.sentence().runs().getFirst(), new CancellationToken());
  }
}
