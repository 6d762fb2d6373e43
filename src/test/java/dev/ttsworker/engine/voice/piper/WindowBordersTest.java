package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.graph.PartitionInterface.ContextFrames;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.piper.PartitionedModel.Openers;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A step from sample to sample where windows meet must be no larger than elsewhere: no click.
@Tag("slow")
final class WindowBordersTest {
  private static final Path VOICE = Path.of("voicepacks/piper/en-us-joe-medium");
  private static final Path MODEL = VOICE.resolve("en_US-joe-medium.onnx");
  private static final String SENTENCE =
      "jˈɛstɚdˌeɪ ˌæftɚnˈuːn ðɪ ˈoʊld lˈaɪthaʊs kˈiːpɚ wˈɔːkt slˈoʊli ɐlˈɔŋ ðə nˈæɹoʊ stˈoʊni pˈæθ"
          + " baɪ ðə sˈiː, kˈaʊntᵻd ˈɛvɹi ʃˈɪp ðæt pˈæst ðə hˈɑːɹbɚ.";
  private static final int FRAME = 256;
  private static final double MORE_THAN_TYPICAL = 1.5;

  @TempDir static Path folder;
  private static PiperFixture fixture;

  @BeforeAll
  static void create() {
    fixture = new PiperFixture(folder, PiperFixture.cpu(1));
  }

  @Test
  void tinyVoiceHasNoStepWhereWindowsMeet() {
    try (VoiceModel voice = fixture.load(fixture.install("tiny"))) {
      compare("tiny", voice);
    }
  }

  @Test
  void realVoiceHasNoStepWhereWindowsMeet() {
    assumeTrue(Files.exists(MODEL), () -> MODEL + " is not installed");
    try (PartitionFiles files = new PartitionCache(fixture.cache).open(MODEL).orElseThrow()) {
      Steps steps = steps(files, files.names().contextFrames());
      System.out.println("joe: " + steps);
      steps.check();
    }
  }

  /// Without context the typical step at a border is larger: what the other tests look for is real.
  @Test
  void stepsOfWindowsWithoutContextAreNoticed() {
    assumeTrue(Files.exists(MODEL), () -> MODEL + " is not installed");
    try (PartitionFiles files = new PartitionCache(fixture.cache).open(MODEL).orElseThrow()) {
      Steps steps = steps(files, new ContextFrames(0, 0, 0, 8, FRAME));
      System.out.println("joe without context: " + steps);
      assertTrue(steps.typicalAtBorders() > MORE_THAN_TYPICAL * steps.typicalAtFrames());
    }
  }

  /// Of the real voice's stages.
  private static Steps steps(PartitionFiles files, ContextFrames contexts) {
    PiperConfig config = PiperFixture.config(Path.of(MODEL + ".json"));
    long[] ids = new PhonemeIds(config.phonemeIds(), config.phonemeMap()).encode(SENTENCE).ids();
    Steps steps = new Steps();
    try (PartitionedModel stages =
        PartitionedModel.open(files, contexts, new Openers(fixture.runtime::loadOnCpu, Map.of()))) {
      SplittableRandom random = new SplittableRandom(0);
      SentenceSound sound = stages.begin(new SentenceRequest(ids, 0.667f, 1, 0.8f, 0, 0));
      while (!sound.isFinished()) {
        steps.add(sound.step(Pace.of(4 + random.nextInt(16)), new CancellationToken()));
      }
    }
    return steps;
  }

  private static void compare(String name, VoiceModel voice) {
    Steps steps = new Steps();
    SplittableRandom random = new SplittableRandom(0);
    var rendering = voice.render(SENTENCE, VoiceSettings.DEFAULTS, random);
    while (!rendering.isFinished()) {
      steps.add(rendering.step(Pace.of(4 + random.nextInt(16)), new CancellationToken()));
    }
    System.out.println(name + ": " + steps);
    steps.check();
  }

  /// Absolute differences of neighbouring samples.
  private static final class Steps {
    private final List<Float> atBorders = new ArrayList<>();
    private final List<Float> atFrames = new ArrayList<>();
    private final List<Float> within = new ArrayList<>();
    private float last = Float.NaN;

    void add(float[] window) {
      for (int i = 0; i < window.length; i++) {
        float step = Math.abs(window[i] - last);
        if (!Float.isNaN(step)) {
          (i == 0 ? atBorders : i % FRAME == 0 ? atFrames : within).add(step);
        }
        last = window[i];
      }
    }

    void check() {
      assertTrue(largestAtBorders() <= largestWithin(), this::toString);
      assertTrue(typicalAtBorders() < MORE_THAN_TYPICAL * typicalAtFrames(), this::toString);
    }

    float largestAtBorders() {
      return quantile(atBorders, 1);
    }

    float largestWithin() {
      return Math.max(quantile(within, 1), quantile(atFrames, 1));
    }

    float typicalAtBorders() {
      return quantile(atBorders, 0.5);
    }

    /// Where frames meet within a window; the decoder's stride shows there alike.
    float typicalAtFrames() {
      return quantile(atFrames, 0.5);
    }

    private static float quantile(List<Float> values, double share) {
      List<Float> sorted = values.stream().sorted().toList();
      return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
    }

    private static String figures(List<Float> values) {
      return String.format(
          Locale.ROOT,
          "p50 %.4f p99 %.4f max %.4f of %d",
          quantile(values, 0.5),
          quantile(values, 0.99),
          quantile(values, 1),
          values.size());
    }

    @Override
    public String toString() {
      return "steps at borders "
          + figures(atBorders)
          + ", at frames within windows "
          + figures(atFrames)
          + ", elsewhere "
          + figures(within);
    }
  }
}
