package dev.ttsworker.engine.voice.piper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.WordTiming.PhonemeTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times of words on the tiny voice, whose phonemizer takes the text for phonemes.
@Tag("slow")
final class WordTimesTest {
  private static final String TEXT =
      "ðə kwˈɪk, bɹˈaʊn fˈɑːks.\ndʒˈʌmps 漢 ˌoʊvɚ!\n漢\nðə lˈeɪzi dˈɑːɡ. 漢";
  private static final List<String> WORDS = Arrays.asList(TEXT.split("\\s"));
  private static final int FRAME = 256;

  @TempDir Path folder;
  private PiperFixture fixture;

  @BeforeEach
  void create() {
    fixture = new PiperFixture(folder);
  }

  @Test
  void wordsAreExactInOrderAndKnownWithTheirSound() {
    try (VoiceModel voice = fixture.load(fixture.install("tiny"))) {
      Spoken spoken = speak(voice, 5, new SplittableRandom(1));
      assertEquals(bare(WORDS), spoken.texts());
      long end = 0;
      for (WordTiming word : spoken.words) {
        assertTrue(word.exact());
        assertEquals(0, word.start() % FRAME);
        assertEquals(0, word.end() % FRAME);
        assertTrue(word.start() >= end, spoken.words::toString);
        assertEquals(word.text().contains("漢"), word.start() == word.end());
        end = word.end();
      }
      assertTrue(end <= spoken.samples);
      assertTrue(end > spoken.samples / 2);
      assertTrue(spoken.words.getFirst().start() > 0, "the start mark takes time");
    }
  }

  @Test
  void sameSeedSameWordsWhateverTheWindows() {
    try (VoiceModel voice = fixture.load(fixture.install("tiny"))) {
      List<WordTiming> expected = speak(voice, 5, new SplittableRandom(1)).words;
      for (int seed = 2; seed < 8; seed++) {
        assertEquals(expected, speak(voice, 5, new SplittableRandom(seed)).words);
      }
      assertNotEquals(expected, speak(voice, 6, new SplittableRandom(1)).words);
    }
  }

  @Test
  void phonemesFillTheirWords() {
    try (VoiceModel voice = fixture.load(fixture.install("tiny"))) {
      Spoken spoken = speak(voice, 5, new SplittableRandom(1));
      assertEquals(
          List.of("ð", "ə", "k", "w", "ˈɪ", "k"),
          spoken.words.stream()
              .limit(2)
              .flatMap(word -> word.phonemes().stream())
              .map(PhonemeTiming::text)
              .toList());
      for (WordTiming word : spoken.words) {
        long at = word.start();
        for (PhonemeTiming phoneme : word.phonemes()) {
          assertEquals(at, phoneme.start(), word::toString);
          assertTrue(phoneme.end() >= phoneme.start(), word::toString);
          at = phoneme.end();
        }
        assertEquals(word.end(), at, word::toString);
      }
    }
  }

  /// The pause that a comma makes is no part of the word.
  @Test
  void wordsEndBeforeTheirPunctuation() {
    try (VoiceModel voice = fixture.load(fixture.install("tiny"))) {
      Spoken with = speak(voice, 5, new SplittableRandom(1));
      assertTrue(with.words.get(2).start() > with.words.get(1).end() + FRAME);
    }
  }

  @Test
  void voiceInOnePieceEstimates() {
    PiperLoader whole = fixture.wholeLoader();
    try (VoiceModel voice = whole.load(fixture.install("tiny"), Placement.CPU)) {
      Spoken spoken = speak(voice, 5, new SplittableRandom(1));
      assertEquals(bare(WORDS), spoken.texts());
      assertTrue(spoken.words.stream().noneMatch(WordTiming::exact));
      assertTrue(spoken.words.getLast().end() <= spoken.samples);
    }
  }

  @Test
  void nobodyAsksNobodyIsReported() {
    try (VoiceModel voice = fixture.load(fixture.install("tiny"))) {
      Rendering rendering = voice.render(TEXT, VoiceSettings.DEFAULTS, new SplittableRandom(5));
      while (!rendering.isFinished()) {
        rendering.step(Pace.of(64), new CancellationToken());
        assertEquals(List.of(), rendering.takeWords());
      }
    }
  }

  private record Spoken(List<WordTiming> words, long samples) {
    List<String> texts() {
      return words.stream().map(placed -> placed.text()).collect(Collectors.toList());
    }
  }

  private static Spoken speak(VoiceModel voice, long seed, SplittableRandom windows) {
    List<SpokenWord> words = new ArrayList<>();
    for (String word : WORDS) {
      words.add(new SpokenWord(word, 10L * words.size(), 10L * words.size() + 9));
    }
    Rendering rendering =
        voice.render(
            TEXT,
            new WordTimingRequest(words, true),
            VoiceSettings.DEFAULTS,
            new SplittableRandom(seed));
    List<WordTiming> placed = new ArrayList<>();
    long samples = 0;
    while (!rendering.isFinished()) {
      float[] made = rendering.step(Pace.of(1 + windows.nextInt(100)), new CancellationToken());
      for (WordTiming word : rendering.takeWords()) {
        assertTrue(made.length > 0 && word.start() >= samples, "told after it was heard");
        placed.add(word);
      }
      samples += made.length;
    }
    return new Spoken(placed, samples);
  }

  /// Words are given without the punctuation around them.
  private static List<String> bare(List<String> words) {
    return words.stream()
        .map(word -> new SpokenWord(word, 0, 1).withoutPunctuation().text())
        .toList();
  }
}
