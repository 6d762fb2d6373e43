package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class PiperVoiceTest {
  private static final String SENTENCE = "ðə kwˈɪk bɹˈaʊn fˈɑːks dʒˈʌmps ˌoʊvɚ ðə lˈeɪzi dˈɑːɡ.";
  private static final float TOLERANCE = 1e-5f;

  @TempDir static Path folder;
  private static PiperFixture fixture;
  private static Voicepack pack;
  private static VoiceModel voice;

  @BeforeAll
  static void load() {
    fixture = new PiperFixture(folder);
    pack = fixture.install("tiny");
    voice = fixture.load(pack);
  }

  @BeforeEach
  void forgetUnknown() {
    fixture.unknown.set(0);
  }

  @AfterAll
  static void close() {
    voice.close();
  }

  @Test
  void describesItself() {
    VoiceDescription description = voice.description();
    assertEquals("piper-tiny", description.modelId());
    assertEquals(22_050, description.sampleRateHz());
    assertEquals("cpu", description.device());
    assertEquals(VoiceDescription.Input.SENTENCE, description.input());
    assertTrue(description.streamsWithinSegment());
  }

  @Test
  void sameSeedGivesTheSameSamplesWhateverTheWindows() {
    float[] expected = speak(SENTENCE, VoiceSettings.DEFAULTS, 5, () -> 128);
    assertTrue(level(expected) > -30 && level(expected) < -10, level(expected) + " dBFS");
    for (int seed = 0; seed < 4; seed++) {
      SplittableRandom windows = new SplittableRandom(seed);
      float[] samples = speak(SENTENCE, VoiceSettings.DEFAULTS, 5, () -> 1 + windows.nextInt(40));
      assertEquals(0, Renderings.difference(expected, samples), TOLERANCE, "seed " + seed);
    }
  }

  @Test
  void anotherSeedSoundsDifferent() {
    float[] one = speak(SENTENCE, VoiceSettings.DEFAULTS, 5, () -> 128);
    float[] two = speak(SENTENCE, VoiceSettings.DEFAULTS, 6, () -> 128);
    assertTrue(Renderings.difference(one, two) > 0.01f);
  }

  @Test
  void scalesOfTheSessionReplaceTheVoicesOwn() {
    VoiceSettings calm =
        new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.of(0), OptionalDouble.of(0));
    float[] one = speak(SENTENCE, calm, 5, () -> 128);
    assertEquals(0, Renderings.difference(one, speak(SENTENCE, calm, 6, () -> 128)));
    VoiceSettings lively =
        new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.of(1), OptionalDouble.of(0));
    float[] loud = speak(SENTENCE, lively, 6, () -> 128);
    assertEquals(one.length, loud.length, "noise_w alone changes the timing");
    assertTrue(Renderings.difference(one, loud) > 0.01f);
  }

  @Test
  void speedChangesTheLength() {
    int normal = speak(SENTENCE, VoiceSettings.DEFAULTS, 5, () -> 64).length;
    assertTrue(speak(SENTENCE, speed(2), 5, () -> 64).length < 0.8 * normal);
    assertTrue(speak(SENTENCE, speed(0.5), 5, () -> 64).length > 1.5 * normal);
  }

  @Test
  void pausesAreAddedAtMarksWhateverTheWindows() {
    VoiceSettings own = settings(PauseSettings.NONE);
    VoiceSettings longer =
        settings(
            new PauseSettings(
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
    int rate = voice.description().sampleRateHz();
    String text = "həlˈoʊ, wˈɜːld; həlˈoʊ; .";
    float[] before = speak(text, own, 5, () -> 64);
    float[] after = speak(text, longer, 5, () -> 64);
    assertEquals(before.length + frames(0.2 * rate) + frames(0.5 * rate), after.length);
    assertEquals(0, Renderings.difference(after, speak(text, longer, 5, () -> 3)), TOLERANCE);
  }

  private static int frames(double samples) {
    return (int) Math.rint(samples / 256) * 256;
  }

  private static VoiceSettings settings(PauseSettings pauses) {
    return new VoiceSettings(
        1, OptionalInt.empty(), OptionalDouble.of(0), OptionalDouble.of(0), pauses);
  }

  @Test
  void sentencesOfASegmentFollowEachOther() {
    VoiceSettings calm =
        new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.of(0), OptionalDouble.of(0));
    float[] first = speak("həlˈoʊ.", calm, 5, () -> 16);
    float[] second = speak("wˈɜːld?", calm, 5, () -> 16);
    float[] both = speak("həlˈoʊ.\nwˈɜːld?", calm, 5, () -> 16);
    float[] joined = Renderings.join(java.util.List.of(first, second));
    assertEquals(0, Renderings.difference(joined, both), TOLERANCE);
  }

  @Test
  void firstStepsMakeTheFirstSound() {
    Rendering rendering = render(SENTENCE, VoiceSettings.DEFAULTS, 5);
    for (String stage : new String[] {"text", "flow", "head"}) {
      assertEquals(0, rendering.step(Pace.of(16), new CancellationToken()).length, stage);
    }
    assertEquals(16 * 256, rendering.step(Pace.of(16), new CancellationToken()).length);
    assertEquals(2 * 256, rendering.step(Pace.of(2), new CancellationToken()).length);
    assertFalse(rendering.isFinished());
  }

  @Test
  void textWithoutAKnownPhonemeIsSilent() {
    assertEquals(0, speak("", VoiceSettings.DEFAULTS, 5, () -> 16).length);
    assertEquals(0, speak("漢字", VoiceSettings.DEFAULTS, 5, () -> 16).length);
    assertEquals(2, fixture.unknown.get());
  }

  @Test
  void unknownPhonemesAreCountedAndLeftOut() {
    float[] with = speak("həl漢ˈoʊ.", speed(1), 5, () -> 16);
    assertEquals(0, Renderings.difference(speak("həlˈoʊ.", speed(1), 5, () -> 16), with));
    assertEquals(1, fixture.unknown.get());
  }

  @Test
  void cancelledMidwayTheNextStepSaysSo() {
    CancellationToken cancel = new CancellationToken();
    Rendering rendering = render(SENTENCE, VoiceSettings.DEFAULTS, 5);
    rendering.step(Pace.of(16), cancel);
    rendering.step(Pace.of(16), cancel);
    cancel.cancel();
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
  }

  @Test
  void speakerThatIsNotThereIsRefused() {
    VoiceSettings wrong =
        new VoiceSettings(1, OptionalInt.of(1), OptionalDouble.empty(), OptionalDouble.empty());
    WorkerException thrown = assertThrows(WorkerException.class, () -> render(SENTENCE, wrong, 5));
    assertEquals(ErrorCode.INVALID_FIELD, thrown.code());
    assertTrue(thrown.getMessage().contains("0 to 0"), thrown.getMessage());
  }

  @Test
  void speakersSoundDifferent() {
    try (VoiceModel speakers = fixture.load(fixture.install("tiny-speakers"))) {
      assertEquals(3, speakers.description().speakerCount());
      assertTrue(speakers.description().streamsWithinSegment());
      float[][] sounds = new float[3][];
      for (int i = 0; i < 3; i++) {
        VoiceSettings settings =
            new VoiceSettings(1, OptionalInt.of(i), OptionalDouble.of(0), OptionalDouble.of(0));
        sounds[i] =
            Renderings.speak(
                speakers.render(SENTENCE, settings, new SplittableRandom(1)), () -> 24);
      }
      for (int i = 0; i < 3; i++) {
        float[] head = java.util.Arrays.copyOf(sounds[i], 4096);
        float[] next = java.util.Arrays.copyOf(sounds[(i + 1) % 3], 4096);
        assertTrue(Renderings.difference(head, next) > 0.01f, "speaker " + i);
      }
    }
  }

  @Test
  void closedVoiceDoesNotSpeakAndClosesOnce() {
    VoiceModel closed = fixture.load(pack);
    Rendering rendering = closed.render(SENTENCE, VoiceSettings.DEFAULTS, new SplittableRandom(5));
    closed.close();
    closed.close();
    assertThrows(
        IllegalStateException.class, () -> rendering.step(Pace.of(16), new CancellationToken()));
  }

  private static VoiceSettings speed(double speed) {
    return new VoiceSettings(
        speed, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static double level(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return 10 * Math.log10(sum / samples.length);
  }

  private static Rendering render(String text, VoiceSettings settings, long seed) {
    return voice.render(text, settings, new SplittableRandom(seed));
  }

  private static float[] speak(
      String text, VoiceSettings settings, long seed, IntSupplier windows) {
    return Renderings.speak(render(text, settings, seed), windows);
  }
}
