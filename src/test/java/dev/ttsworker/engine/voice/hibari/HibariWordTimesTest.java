package dev.ttsworker.engine.voice.hibari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times of words, the silence around sentences, and long sentences.
@Tag("slow")
final class HibariWordTimesTest {
  private static final String TEXT = "ðə kwˈɪk, bɹˈWn fˈɑks.\nʤˈʌmps ˈOvəɹ!\nðə lˈAzi dˈɔɡ.";
  private static final int UNIT = 600;

  @TempDir Path folder;
  private HibariFixture fixture;

  @BeforeEach
  void create() {
    fixture = new HibariFixture(folder);
  }

  @Test
  void tinyVoice() {
    try (VoiceModel voice = fixture.load(fixture.install(HibariFixture.TINY))) {
      wordsAreExactAndKnownWithTheirSound(voice);
    }
  }

  @Test
  void realVoice() {
    assumeTrue(HibariFixture.isRealInstalled(), HibariFixture.NOT_INSTALLED);
    try (VoiceModel voice = fixture.load(fixture.install(HibariFixture.REAL))) {
      wordsAreExactAndKnownWithTheirSound(voice);
      silenceIsShort(voice);
    }
  }

  private static void wordsAreExactAndKnownWithTheirSound(VoiceModel voice) {
    Spoken spoken = speak(voice, TEXT, new SplittableRandom(1));
    assertEquals(List.of("ðə", "kwˈɪk", "bɹˈWn"), spoken.texts().subList(0, 3));
    assertEquals(9, spoken.words.size());
    assertEquals(spoken.words, speak(voice, TEXT, new SplittableRandom(2)).words);
    long end = 0;
    for (WordTiming word : spoken.words) {
      assertTrue(word.exact() && word.start() >= end && word.end() > word.start(), word::toString);
      long at = word.start();
      for (PhonemeTiming phoneme : word.phonemes()) {
        assertEquals(at, phoneme.start(), word::toString);
        at = phoneme.end();
      }
      assertEquals(word.end(), at, word::toString);
      end = word.end();
    }
    assertTrue(end <= spoken.samples && end > spoken.samples * 0.8, end + " " + spoken.samples);
    WordTiming second = spoken.words.get(1);
    WordTiming third = spoken.words.get(2);
    assertEquals(0, (third.end() - second.end()) % UNIT, "25 ms is the unit");
    assertTrue(third.start() >= second.end() + UNIT, "the comma is no part of the word");
  }

  /// At most a tenth of a second is quiet at the ends of a sentence.
  private static void silenceIsShort(VoiceModel voice) {
    for (String text : TEXT.lines().toList()) {
      float[] made =
          Renderings.speak(
              voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(1)), () -> 16);
      int tenth = 2_400;
      assertTrue(HibariFixture.level(made, 0, tenth) > -50, text);
      assertTrue(HibariFixture.level(made, made.length - tenth, made.length) > -65, text);
    }
  }

  @Test
  void longSentenceIsReadInSeveralRunsWithoutASeam() {
    String text = "ðə kwˈɪk bɹˈWn fˈɑks, ʤˈʌmps ˈOvəɹ ðə lˈAzi dˈɔɡ ".repeat(24).strip() + ".";
    try (VoiceModel voice = fixture.load(fixture.install(HibariFixture.TINY))) {
      Spoken one = speak(voice, text, new SplittableRandom(1));
      Spoken other = speak(voice, text, new SplittableRandom(7));
      assertEquals(one.words, other.words);
      assertEquals(one.samples, other.samples);
      assertEquals(24 * 9, one.words.size());
      float[] silent =
          Renderings.speak(
              voice.render(text, VoiceSettings.DEFAULTS, new SplittableRandom(5)), () -> 128);
      assertEquals(0, Renderings.difference(silent, join(one)), "words asked for or not");
      long end = 0;
      for (WordTiming word : one.words) {
        assertTrue(word.start() >= end, word::toString);
        end = word.end();
      }
    }
  }

  private static float[] join(Spoken spoken) {
    return Renderings.join(spoken.parts);
  }

  private record Spoken(List<WordTiming> words, List<float[]> parts, long samples) {
    List<String> texts() {
      return words.stream().map(WordTiming::text).toList();
    }
  }

  private static Spoken speak(VoiceModel voice, String text, SplittableRandom windows) {
    List<SpokenWord> words = new ArrayList<>();
    for (String word : Arrays.asList(text.split("\\s"))) {
      words.add(new SpokenWord(word, 10L * words.size(), 10L * words.size() + 9));
    }
    Rendering rendering =
        voice.render(
            text,
            new WordTimingRequest(words, true),
            VoiceSettings.DEFAULTS,
            new SplittableRandom(5));
    List<WordTiming> placed = new ArrayList<>();
    List<float[]> parts = new ArrayList<>();
    long samples = 0;
    while (!rendering.isFinished()) {
      float[] made = rendering.step(Pace.of(1 + windows.nextInt(100)), new CancellationToken());
      for (WordTiming word : rendering.takeWords()) {
        assertTrue(made.length > 0 && word.end() >= samples, "known after it was heard");
        placed.add(word);
      }
      parts.add(made);
      samples += made.length;
    }
    return new Spoken(placed, parts, samples);
  }
}
