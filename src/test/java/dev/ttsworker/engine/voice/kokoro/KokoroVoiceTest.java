package dev.ttsworker.engine.voice.kokoro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SpeakerShare;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KokoroVoiceTest {
  private static final String SENTENCE = "ðə kwˈɪk bɹˈWn fˈɑks ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ.";
  private static final int RATE = 24_000;
  private static final int UNIT = 600;

  @TempDir static Path folder;
  private static KokoroFixture fixture;
  private static VoiceModel voice;

  @BeforeAll
  static void load() {
    fixture = new KokoroFixture(folder);
    voice = fixture.load(fixture.copy(KokoroFixture.TINY));
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
    assertEquals("kokoro-tiny", description.modelId());
    assertEquals(RATE, description.sampleRateHz());
    assertEquals(5, description.speakerCount());
    assertEquals(0, description.speakers().get("af_heart"));
    assertEquals(List.of("en-GB", "en"), description.languages(speaker("bf_emma")));
    assertEquals(List.of(), description.languages(speaker("jf_alpha")));
    assertTrue(description.blends());
    assertFalse(description.streamsWithinSegment());
    assertEquals(-16, voice.loudnessLufs(true).orElseThrow(), 0.5);
  }

  @Test
  void sameTextGivesTheSameSamplesWhateverTheSeedAndTheWindows() {
    float[] expected = speak(SENTENCE, VoiceSettings.DEFAULTS, 1);
    assertTrue(expected.length > RATE / 2);
    assertArrayEquals(expected, speak(SENTENCE, VoiceSettings.DEFAULTS, 2));
    float[] narrow =
        Renderings.speak(
            voice.render(SENTENCE, VoiceSettings.DEFAULTS, new SplittableRandom(3)), () -> 3);
    assertArrayEquals(expected, narrow);
  }

  @Test
  void bothExportsSoundTheSame() {
    try (VoiceModel other = fixture.load(fixture.copy(KokoroFixture.FLOAT))) {
      float[] made =
          Renderings.speak(
              other.render(SENTENCE, VoiceSettings.DEFAULTS, new SplittableRandom(1)), () -> 64);
      assertTrue(Renderings.difference(speak(SENTENCE, VoiceSettings.DEFAULTS, 1), made) < 1e-4);
    }
  }

  @Test
  void speakersSoundDifferentAndBlendsLieBetweenThem() {
    float[] heart = speak(SENTENCE, single("af_heart"), 1);
    assertArrayEquals(heart, speak(SENTENCE, VoiceSettings.DEFAULTS, 1));
    float[] bella = speak(SENTENCE, single("af_bella"), 1);
    assertTrue(Renderings.difference(heart, bella) > 1e-3);
    float[] mostly = speak(SENTENCE, blend("af_heart", 0.999, "af_bella", 0.001), 1);
    float[] half = speak(SENTENCE, blend("af_heart", 0.5, "af_bella", 0.5), 1);
    assertTrue(Renderings.difference(heart, half) > 1e-3);
    assertEquals(heart.length, mostly.length);
    assertTrue(Renderings.difference(heart, mostly) < 1e-3);
  }

  @Test
  void speakersAreReadInTheirLanguage() {
    fixture.opened.clear();
    speak(SENTENCE, single("bf_emma"), 1);
    speak("tʃˈiko ˈotsɔ.", single("ef_dora"), 1);
    speak("tʃˈiko ˈotsɔ.", single("ef_dora"), 1);
    assertEquals(List.of("english en-gb", "espeak es"), fixture.opened);
    assertArrayEquals(
        speak("ʧˈiko ˈoʦɔ.", single("ef_dora"), 1), speak("tʃˈiko ˈotsɔ.", single("ef_dora"), 1));
    assertEquals(0, fixture.unknown.get());
  }

  @Test
  void speakersThatAreNotThereOrCannotBeReadAreRefused() {
    refused("speaker is 5; kokoro-tiny has the speakers 0 to 4", 5);
    refused("speaker is 4, whose language cannot be read here", speaker("jf_alpha"));
  }

  private static void refused(String part, int speaker) {
    VoiceSettings wrong =
        new VoiceSettings(
            1, OptionalInt.of(speaker), OptionalDouble.empty(), OptionalDouble.empty());
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> speak(SENTENCE, wrong, 1), part);
    assertEquals(ErrorCode.INVALID_FIELD, thrown.code());
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }

  @Test
  void speedChangesTheLength() {
    int normal = speak(SENTENCE, speed(1), 1).length;
    assertEquals(0.5, (double) speak(SENTENCE, speed(2), 1).length / normal, 0.15);
    assertEquals(2, (double) speak(SENTENCE, speed(0.5), 1).length / normal, 0.15);
  }

  @Test
  void pausesAreAddedAtMarks() {
    PauseSettings pauses =
        new PauseSettings(
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO);
    VoiceSettings longer =
        new VoiceSettings(
            1, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), pauses);
    String text = "həlˈO, wˈɜɹld; həlˈO.";
    float[] before = speak(text, VoiceSettings.DEFAULTS, 1);
    float[] after = speak(text, longer, 1);
    assertEquals(before.length + 0.7 * RATE, after.length);
    List<WordTiming> words = words(voice, text, longer);
    List<WordTiming> usual = words(voice, text, VoiceSettings.DEFAULTS);
    assertEquals(usual.get(1).start() + RATE / 5, words.get(1).start());
    assertEquals(usual.get(2).start() + RATE * 7L / 10, words.get(2).start());
    assertEquals(usual.get(2).end() + RATE * 7L / 10, words.get(2).end());
  }

  @Test
  void sentencesOfASegmentFollowEachOther() {
    float[] first = speak("həlˈO.", VoiceSettings.DEFAULTS, 1);
    float[] second = speak("wˈɜɹld?", VoiceSettings.DEFAULTS, 1);
    assertArrayEquals(
        Renderings.join(List.of(first, second)),
        speak("həlˈO.\nwˈɜɹld?", VoiceSettings.DEFAULTS, 1));
  }

  @Test
  void wordsAreExact() {
    wordsAreExact(voice, "ðə kwˈɪk, bɹˈWn fˈɑks.\nʤˈʌmps ˈOvəɹ!\nðə lˈAzi dˈɔɡ.");
  }

  @Test
  void longSentenceIsSpokenInParts() {
    String text = "ðə kwˈɪk bɹˈWn fˈɑks, ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ ".repeat(24).strip() + ".";
    List<WordTiming> words = wordsAreExact(voice, text);
    assertEquals(24 * 9, words.size());
    Rendering rendering = voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(1));
    float[] part = rendering.step(Pace.of(64), new CancellationToken());
    assertTrue(part.length > 0 && !rendering.isFinished());
  }

  @Tag("slow")
  @Test
  void realVoice() {
    assumeTrue(KokoroFixture.isRealInstalled(), KokoroFixture.NOT_INSTALLED);
    try (VoiceModel real = fixture.load(KokoroFixture.REAL)) {
      List<WordTiming> words = wordsAreExact(real, "ðə kwˈɪk, bɹˈWn fˈɑks.");
      assertEquals(4, words.size());
      VoiceSettings settings = VoiceSettings.DEFAULTS;
      float[] one =
          Renderings.speak(
              real.render("həlˈO, wˈɜɹld.", settings, new SplittableRandom(1)), () -> 64);
      float[] other =
          Renderings.speak(
              real.render("həlˈO, wˈɜɹld.", settings, new SplittableRandom(2)), () -> 5);
      assertArrayEquals(one, other);
      assertTrue(one.length > RATE / 2 && one.length < 3 * RATE, one.length + " samples");
    }
  }

  private static List<WordTiming> wordsAreExact(VoiceModel model, String text) {
    List<WordTiming> words = words(model, text, VoiceSettings.DEFAULTS);
    long end = 0;
    for (WordTiming word : words) {
      assertTrue(word.exact() && word.start() >= end && word.end() > word.start(), word::toString);
      long at = word.start();
      for (PhonemeTiming phoneme : word.phonemes()) {
        assertEquals(at, phoneme.start(), word::toString);
        at = phoneme.end();
      }
      assertEquals(word.end(), at, word::toString);
      end = word.end();
    }
    assertEquals(0, (words.get(1).end() - words.get(1).start()) % UNIT, "25 ms is the unit");
    int samples =
        Renderings.speak(
                model.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(1)), () -> 64)
            .length;
    assertTrue(end <= samples && end > samples * 0.8, end + " of " + samples);
    return words;
  }

  private static List<WordTiming> words(VoiceModel model, String text, VoiceSettings settings) {
    List<SpokenWord> asked = new ArrayList<>();
    for (String word : Arrays.asList(text.split("\\s"))) {
      asked.add(new SpokenWord(word, 10L * asked.size(), 10L * asked.size() + 9));
    }
    Rendering rendering =
        model.render(text, new WordTimingRequest(asked, true), settings, new SplittableRandom(1));
    List<WordTiming> words = new ArrayList<>();
    while (!rendering.isFinished()) {
      rendering.step(Pace.of(64), new CancellationToken());
      words.addAll(rendering.takeWords());
    }
    assertEquals(asked.size(), words.size());
    return words;
  }

  @Test
  void unknownPhonemesAreCountedAndLeftOut() {
    assertArrayEquals(
        speak("həlˈO.", VoiceSettings.DEFAULTS, 1), speak("həl漢ˈO.", VoiceSettings.DEFAULTS, 1));
    assertEquals(1, fixture.unknown.get());
    assertEquals(List.of("4", "β"), voice.unknownPhonemes("hə4β lˈO"));
    assertEquals(0, speak("漢字", VoiceSettings.DEFAULTS, 1).length);
  }

  @Test
  void cancelledCallSaysSo() {
    CancellationToken cancel = new CancellationToken();
    Rendering rendering =
        voice.render(SENTENCE + "\n" + SENTENCE, VoiceSettings.DEFAULTS, new SplittableRandom(1));
    rendering.step(Pace.of(16), cancel);
    cancel.cancel();
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> rendering.step(Pace.of(16), cancel));
    assertEquals(ErrorCode.CALL_CANCELLED, thrown.code());
  }

  private static int speaker(String name) {
    return voice.description().speakers().getOrDefault(name, -1);
  }

  private static VoiceSettings single(String name) {
    return new VoiceSettings(
        1, OptionalInt.of(speaker(name)), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static VoiceSettings blend(String one, double weight, String other, double rest) {
    return new VoiceSettings(
        1,
        OptionalInt.of(speaker(one)),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        PauseSettings.NONE,
        List.of(new SpeakerShare(speaker(one), weight), new SpeakerShare(speaker(other), rest)));
  }

  private static VoiceSettings speed(double speed) {
    return new VoiceSettings(
        speed, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static float[] speak(String text, VoiceSettings settings, long seed) {
    return Renderings.speak(voice.render(text, settings, new SplittableRandom(seed)), () -> 64);
  }
}
