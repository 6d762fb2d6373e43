package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where windows meet there is no click: a sentence in windows is the sentence in one piece, and no
/// step from sample to sample is larger there than elsewhere. Narrow windows, as the first ones
/// are, may round some quantized values otherwise (decision 0014), which is no step.
@Tag("slow")
final class HibariWindowBordersTest {
  private static final String SENTENCE =
      "jˈɛstəɹdˌA ˌæftəɹnˈun ði ˈOld lˈIthˌWs kˈipəɹ wˈɔkt slˈOli əlˈɔŋ ðə nˈɛɹO stˈOni pˈæθ bI ðə"
          + " sˈi, kˈWntɪŋ ˈɛvəɹi ʃˈɪp ðæt pˈæst ðə hˈɑɹbəɹ.";
  private static final double MORE_THAN_TYPICAL = 1.5;
  private static final int HOP = SpectralFrames.HOP;

  /// What another rounding gives is 38 dB or more below the speech, windows without carried columns
  /// 4 to 10 dB.
  private static final double LEAST_DISTANCE_DB = 30;

  private static final WindowPlan WIDE = new WindowPlan(80, 80, 80);
  private static final WindowPlan NARROW = new WindowPlan(5, 33, 50);

  @TempDir Path folder;

  @Test
  void tinyVoice() {
    compare(HibariFixture.TINY);
  }

  @Test
  void realVoice() {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    compare(HibariFixture.REAL);
  }

  private void compare(Path voice) {
    HibariFixture fixture = new HibariFixture(folder);
    Voicepack pack = fixture.install(voice);
    SentenceIds ids = SentenceIds.whole(HibariFixture.vocabulary(pack).encode(SENTENCE).ids());
    HibariRequest request = new HibariRequest(ids, 1, 1, AddedSamples.NONE, 5);
    try (HibariModel model = fixture.open(pack, Placement.CPU)) {
      float[] whole = Renderings.join(speak(model, request, WindowPlan.WHOLE, 0));
      Steps steps = new Steps();
      for (WindowPlan plan : List.of(WIDE, WindowPlan.STREAMED, NARROW)) {
        List<float[]> windows = speak(model, request, plan, 1);
        float[] joined = Renderings.join(windows);
        assertEquals(whole.length, joined.length, plan::toString);
        double distance = Renderings.distanceDb(whole, 0, joined);
        assertTrue(distance >= LEAST_DISTANCE_DB, plan + ": " + distance + " dB");
        if (plan.equals(WIDE)) {
          assertArrayEquals(whole, joined, "to the bit");
        }
        steps.add(windows);
      }
      steps.check();
    }
  }

  private static List<float[]> speak(
      HibariModel model, HibariRequest request, WindowPlan plan, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SentenceDecoder sound = new SentenceDecoder(model, request, plan);
    List<float[]> windows = new ArrayList<>();
    while (!sound.isFinished()) {
      float[] made = sound.step(Pace.of(4 + random.nextInt(16)), new CancellationToken());
      if (made.length > 0) {
        windows.add(made);
      }
    }
    return windows;
  }

  /// Absolute differences of neighbouring samples.
  private static final class Steps {
    private final List<Float> atBorders = new ArrayList<>();
    private final List<Float> atHops = new ArrayList<>();
    private final List<Float> within = new ArrayList<>();

    void add(List<float[]> windows) {
      float last = Float.NaN;
      for (float[] window : windows) {
        for (int i = 0; i < window.length; i++) {
          float step = Math.abs(window[i] - last);
          if (!Float.isNaN(step)) {
            (i == 0 ? atBorders : i % HOP == 0 ? atHops : within).add(step);
          }
          last = window[i];
        }
      }
    }

    void check() {
      assertTrue(atBorders.size() > 50, "borders: " + atBorders.size());
      double within = Math.max(quantile(this.within, 1), quantile(atHops, 1));
      assertTrue(quantile(atBorders, 1) <= within, quantile(atBorders, 1) + " > " + within);
      double typical = quantile(atHops, 0.5);
      assertTrue(
          quantile(atBorders, 0.5) < MORE_THAN_TYPICAL * typical,
          quantile(atBorders, 0.5) + ", typical is " + typical);
    }

    private static double quantile(List<Float> values, double share) {
      List<Float> sorted = values.stream().sorted().toList();
      return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
    }
  }
}
