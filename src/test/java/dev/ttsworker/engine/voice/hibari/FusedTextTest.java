package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.ByteWeights;
import dev.ttsworker.engine.graph.SpectralGraphs;
import dev.ttsworker.engine.graph.SpectralInterface;
import dev.ttsworker.engine.graph.SpectralPartitioner;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The text stage is kept with its nodes fused: another file, the same durations, pitch and
/// features to the bit.
final class FusedTextTest {
  private static final int[] LENGTHS = {3, 40, 200};

  @TempDir Path folder;
  private final InferenceRuntime runtime = Runtimes.cpu(2);

  @Test
  void tinyVoice() throws Exception {
    compare(HibariFixture.TINY);
  }

  @Test
  void realVoice() throws Exception {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    compare(HibariFixture.REAL);
  }

  private void compare(Path voice) throws Exception {
    SpectralGraphs graphs =
        SpectralPartitioner.partition(
            voice.resolve(HibariFixture.model(voice)), ByteWeights.SIGNED);
    Path shipped = folder.resolve("shipped.onnx");
    Path fused = folder.resolve("fused.onnx");
    graphs.writeText(shipped);
    runtime.optimize(shipped, fused);
    assertNotEquals(-1, Files.mismatch(shipped, fused));
    try (Graph before = runtime.loadOnCpu(shipped);
        Graph after = runtime.loadOnCpu(fused)) {
      for (int length : LENGTHS) {
        Map<String, FloatTensor> expected = run(before, graphs.names(), length);
        Map<String, FloatTensor> actual = run(after, graphs.names(), length);
        expected.forEach((name, values) ->
            assertArrayEquals(
                values.values(), Objects.requireNonNull(actual.get(name)).values(), name));
      }
    }
  }

  private static Map<String, FloatTensor> run(Graph text, SpectralInterface names, int length) {
    long[] ids = new long[length];
    for (int i = 0; i < length; i++) {
      ids[i] = 1 + i * 7L % 30;
    }
    return text.run(
        Map.of(
            names.phonemes(),
            new LongTensor(ids, 1, length),
            names.speed(),
            new FloatTensor(new float[] {1}, 1)),
        Set.of(names.durations(), names.pitch(), names.decoderInput()),
        new CancellationToken());
  }
}
