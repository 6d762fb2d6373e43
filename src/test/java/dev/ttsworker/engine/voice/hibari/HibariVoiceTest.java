package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
final class HibariVoiceTest {
  private static final String SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ.";
  private static final int RATE = 24_000;

  @TempDir static Path folder;
  private static HibariFixture fixture;
  private static VoiceModel voice;

  @BeforeAll
  static void load() {
    fixture = new HibariFixture(folder);
    voice = fixture.load(fixture.install(HibariFixture.TINY));
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
    assertEquals("hibari-tiny", description.modelId());
    assertEquals(RATE, description.sampleRateHz());
    assertEquals("cpu", description.device());
    assertEquals(VoiceDescription.Input.SENTENCE, description.input());
    assertTrue(description.streamsWithinSegment());
    assertEquals(-16, voice.loudnessLufs(true).orElseThrow(), 0.5);
  }

  /// Any schedule gives the same samples, to the bit.
  @Test
  void sameSeedGivesTheSameSamplesWhateverTheWindows() {
    windowsDoNotMatter(voice, SENTENCE + " " + SENTENCE, 50);
  }

  @Test
  void realVoiceGivesTheSameSamplesWhateverTheWindows() {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    try (VoiceModel real = fixture.load(fixture.install(HibariFixture.REAL))) {
      windowsDoNotMatter(real, SENTENCE, 10);
    }
  }

  private static void windowsDoNotMatter(VoiceModel voice, String text, int schedules) {
    float[] expected = speak(voice, text, VoiceSettings.DEFAULTS, 5, () -> 128);
    for (int seed = 0; seed < schedules; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rendering rendering = voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(5));
      List<float[]> parts = new java.util.ArrayList<>();
      while (!rendering.isFinished()) {
        Pace pace = new Pace(1 + random.nextInt(130), 1 + random.nextInt(2));
        parts.add(rendering.step(pace, new CancellationToken()));
      }
      assertArrayEquals(expected, Renderings.join(parts), "seed " + seed);
    }
  }

  @Test
  void anotherSeedIsAnotherNoise() {
    float[] one = speak(SENTENCE, VoiceSettings.DEFAULTS, 5);
    float[] two = speak(SENTENCE, VoiceSettings.DEFAULTS, 6);
    assertEquals(one.length, two.length);
    assertTrue(Renderings.difference(one, two) > 0.001f);
    assertEquals(0, Renderings.difference(speak(SENTENCE, calm(), 5), speak(SENTENCE, calm(), 6)));
  }

  /// A repeated noise would be heard as a pattern.
  @Test
  void sentencesOfASegmentHaveDifferentNoise() {
    float[] both = speak("həlˈO.\nhəlˈO.", VoiceSettings.DEFAULTS, 5);
    int half = both.length / 2;
    float[] one = Arrays.copyOf(both, half);
    float[] two = Arrays.copyOfRange(both, half, both.length);
    assertTrue(Renderings.difference(one, two) > 0.001f);
    float[] calm = speak("həlˈO.\nhəlˈO.", calm(), 5);
    assertArrayEquals(Arrays.copyOf(calm, half), Arrays.copyOfRange(calm, half, calm.length));
  }

  @Test
  void speedChangesTheLength() {
    int normal = speak(SENTENCE, speed(1), 5).length;
    assertEquals(0.5, (double) speak(SENTENCE, speed(2), 5).length / normal, 0.1);
    assertEquals(2, (double) speak(SENTENCE, speed(0.5), 5).length / normal, 0.1);
  }

  @Test
  void pausesAreAddedAtMarksWhateverTheWindows() {
    VoiceSettings longer =
        new VoiceSettings(
            1,
            OptionalInt.empty(),
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            new PauseSettings(
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO));
    String text = "həlˈO, wˈɜɹld; həlˈO.";
    float[] before = speak(text, calm(), 5);
    float[] after = speak(text, longer, 5);
    assertEquals(before.length + 0.7 * RATE, after.length, 600);
    assertArrayEquals(after, speak(voice, text, longer, 5, () -> 3));
  }

  @Test
  void sentencesOfASegmentFollowEachOther() {
    float[] first = speak("həlˈO.", calm(), 5);
    float[] second = speak("wˈɜɹld?", calm(), 5);
    float[] both = speak("həlˈO.\nwˈɜɹld?", calm(), 5);
    assertArrayEquals(Renderings.join(List.of(first, second)), both);
  }

  @Test
  void firstStepsMakeTheFirstSound() {
    Rendering rendering = render(SENTENCE, VoiceSettings.DEFAULTS, 5);
    for (SynthesisStage stage : List.of(SynthesisStage.TEXT, SynthesisStage.ACOUSTIC)) {
      assertEquals(0, rendering.step(Pace.of(16), new CancellationToken()).length);
      assertEquals(stage, rendering.latestStage());
    }
    assertEquals(16 * 300, rendering.step(Pace.of(16), new CancellationToken()).length);
    assertEquals(SynthesisStage.VOCODER, rendering.latestStage());
    assertFalse(rendering.isFinished());
  }

  @Test
  void textWithoutAKnownPhonemeIsSilent() {
    assertEquals(0, speak("", VoiceSettings.DEFAULTS, 5).length);
    assertEquals(0, speak("漢字", VoiceSettings.DEFAULTS, 5).length);
    assertEquals(2, fixture.unknown.get());
  }

  @Test
  void unknownPhonemesAreCountedAndLeftOut() {
    assertArrayEquals(speak("həlˈO.", calm(), 5), speak("həl漢ˈO.", calm(), 5));
    assertEquals(1, fixture.unknown.get());
    assertEquals(List.of("4", "β"), voice.unknownPhonemes("hə4β lˈO"));
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
  void closedVoiceDoesNotSpeakAndClosesOnce() {
    VoiceModel closed =
        fixture.load(
            HibariFixture.pack(folder.resolve("tiny"), "tiny.onnx", List.of("en-GB", "en")));
    assertEquals("en-gb", fixture.varieties.getLast());
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

  private static VoiceSettings calm() {
    return new VoiceSettings(1, OptionalInt.empty(), OptionalDouble.of(0), OptionalDouble.empty());
  }

  private static Rendering render(String text, VoiceSettings settings, long seed) {
    return voice.render(text, settings, new SplittableRandom(seed));
  }

  private static float[] speak(String text, VoiceSettings settings, long seed) {
    return speak(voice, text, settings, seed, () -> 64);
  }

  private static float[] speak(
      VoiceModel voice, String text, VoiceSettings settings, long seed, IntSupplier windows) {
    return Renderings.speak(voice.render(text, settings, new SplittableRandom(seed)), windows);
  }
}
