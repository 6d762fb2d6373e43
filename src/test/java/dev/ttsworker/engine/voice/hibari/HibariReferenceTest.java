package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.VoiceModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The samples of the voices' own Python package, without noise, as
/// `scripts/record-hibari-samples.py` recorded them. Quantization differs: there by the scale of
/// each run, here by a fixed one.
@Tag("slow")
final class HibariReferenceTest {
  private static final Path EXPECTED =
      Path.of("src/test/resources/dev/ttsworker/engine/voice/hibari");
  private static final String PHONEMES = "həlˈO, wˈɜɹld.";
  private static final VoiceSettings CALM =
      new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.of(0), OptionalDouble.empty());

  @TempDir Path folder;

  @Test
  void tinyVoice() throws IOException {
    compare(HibariFixture.TINY, 24);
  }

  @Test
  void realVoice() throws IOException {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    compare(HibariFixture.REAL, 20);
  }

  private void compare(Path voice, double leastDb) throws IOException {
    float[] expected = expected(voice);
    HibariFixture fixture = new HibariFixture(folder);
    try (VoiceModel model = fixture.load(fixture.install(voice))) {
      float[] made =
          HibariFixture.speak(model.render(PHONEMES, CALM, new SplittableRandom(1)), () -> 16);
      double best = Double.NEGATIVE_INFINITY;
      int place = 0;
      for (int start = 0; start + made.length <= expected.length; start += 60) {
        double distance = HibariFixture.distanceDb(expected, start, made);
        place = distance > best ? start : place;
        best = Math.max(best, distance);
      }
      String found =
          String.format(
              Locale.ROOT,
              "%s: %.1f dB from the Python package, %d of %d samples from %d on",
              voice.getFileName(),
              best,
              made.length,
              expected.length,
              place);
      assertTrue(best >= leastDb, found);
      double silence =
          Math.max(
              HibariFixture.level(expected, 0, Math.max(1, place)),
              HibariFixture.level(
                  expected, Math.min(expected.length - 1, place + made.length), expected.length));
      boolean tiny = voice.equals(HibariFixture.TINY);
      assertTrue(tiny || silence < -55, "what is cut off has a level of " + silence + " dBFS");
    }
  }

  private static float[] expected(Path voice) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(EXPECTED.resolve(voice.getFileName() + ".raw")))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32_767f;
    }
    return samples;
  }
}
