package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.voicepack.Voicepack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    Voicepack pack = fixture.install(voice);
    try (VoiceModel model = fixture.load(pack)) {
      float[] made =
          Renderings.speak(model.render(PHONEMES, CALM, new SplittableRandom(1)), () -> 16);
      double best = Double.NEGATIVE_INFINITY;
      int place = 0;
      for (int start = 0; start + made.length <= expected.length; start += 60) {
        double distance = Renderings.distanceDb(expected, start, made);
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
      assertEquals(
          places(fixture, pack, place, made.length), words(model), "words of the reference");
      double silence =
          Math.max(
              HibariFixture.level(expected, 0, Math.max(1, place)),
              HibariFixture.level(
                  expected, Math.min(expected.length - 1, place + made.length), expected.length));
      boolean tiny = voice.equals(HibariFixture.TINY);
      assertTrue(tiny || silence < -55, "what is cut off has a level of " + silence + " dBFS");
    }
  }

  /// Where the words of the reference begin and end by the durations of its phonemes, in samples
  /// from `cut` on; what is cut at the end belongs to no word.
  private static List<Long> places(HibariFixture fixture, Voicepack pack, long cut, long length) {
    SentenceIds ids = SentenceIds.whole(HibariFixture.vocabulary(pack).encode(PHONEMES).ids());
    HibariRequest request = new HibariRequest(ids, 1, 0, AddedSamples.NONE, 1);
    List<Long> places = new ArrayList<>();
    try (HibariModel parts = fixture.open(pack, Placement.CPU)) {
      int[] frames =
          parts.runText(request, ids.runs().getFirst(), new CancellationToken()).frames();
      // One number is before the first sign, and none of the signs has two.
      for (int border : new int[] {0, 5, 7, PHONEMES.length() - 1}) {
        long samples = SpectralFrames.HOP * (long) Arrays.stream(frames, 0, 1 + border).sum();
        places.add(Math.clamp(samples - cut, 0, length));
      }
    }
    return places;
  }

  private static List<Long> words(VoiceModel model) {
    List<SpokenWord> words =
        List.of(new SpokenWord("həlˈO,", 0, 6), new SpokenWord("wˈɜɹld.", 7, 14));
    Rendering rendering =
        model.render(PHONEMES, new WordTimingRequest(words, false), CALM, new SplittableRandom(1));
    List<Long> places = new ArrayList<>();
    while (!rendering.isFinished()) {
      rendering.step(Pace.of(16), new CancellationToken());
      for (WordTiming word : rendering.takeWords()) {
        places.add(word.start());
        places.add(word.end());
      }
    }
    return places;
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
