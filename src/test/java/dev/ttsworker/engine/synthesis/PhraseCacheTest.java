package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PhraseCacheTest {
  private static final int SAMPLES = 1_000;
  private static final List<SpokenWord> WORDS =
      List.of(new SpokenWord("good", 0, 4), new SpokenWord("morning.", 5, 13));

  /// Of an entry with two words, besides its sound; more than it needs and less than twice that.
  private static final int OTHER_BYTES = 2 * PhraseCache.ENTRY_BYTES + 64;

  private static final WordTimingRequest ASKED = new WordTimingRequest(WORDS, false);

  private final ScriptedVoice voice =
      new ScriptedVoice(
          VoiceDescription.Input.SENTENCE,
          List.of(ScriptedVoice.sound(0.1, 600), ScriptedVoice.sound(0.2, 400)));
  private final PhraseCache cache = new PhraseCache(3 * (SAMPLES * Float.BYTES + OTHER_BYTES), 20);
  private long seed = 1;

  private SynthesisRequest order(PhraseReuse repeats) {
    return new SynthesisRequest(
        VoiceSettings.DEFAULTS,
        1,
        0,
        TextOptions.AS_WRITTEN,
        WordDetail.WORDS,
        repeats,
        AudioFormat.DEFAULT);
  }

  private PhraseCache.Phrase begin(String text, PhraseReuse repeats) {
    return cache.begin(voice, order(repeats), text, ASKED, () -> seed);
  }

  private boolean isRepeated(String text, PhraseReuse repeats) {
    PhraseCache.Phrase phrase = begin(text, repeats);
    float[] _ = speak(phrase.rendering(), new ArrayList<>());
    return phrase.repeated();
  }

  private static float[] speak(Rendering rendering, List<WordTiming> words) {
    float[] all = new float[SAMPLES];
    int at = 0;
    while (!rendering.isFinished()) {
      float[] made = rendering.step(Pace.of(2), new CancellationToken());
      System.arraycopy(made, 0, all, at, made.length);
      at += made.length;
      words.addAll(rendering.takeWords());
    }
    assertEquals(SAMPLES, at);
    return all;
  }

  @Test
  void secondTimeSoundsAsTheFirstAndComputesNothing() {
    List<WordTiming> first = new ArrayList<>();
    List<WordTiming> second = new ArrayList<>();
    float[] spoken = speak(begin("good morning.", PhraseReuse.ANY_SEED).rendering(), first);
    List<SpokenWord> later =
        List.of(new SpokenWord("good", 100, 104), new SpokenWord("morning.", 105, 113));
    seed = 2;
    PhraseCache.Phrase again =
        cache.begin(
            voice,
            order(PhraseReuse.ANY_SEED),
            "good morning.",
            new WordTimingRequest(later, false),
            () -> seed);
    assertTrue(again.repeated());
    assertArrayEquals(spoken, speak(again.rendering(), second));
    assertEquals(1, voice.texts.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(later.get(i).sourceStart(), second.get(i).sourceStart());
      assertEquals(first.get(i).start(), second.get(i).start());
      assertEquals(first.get(i).end(), second.get(i).end());
    }
    assertEquals(1, cache.hits());
    assertEquals(1, cache.misses());
  }

  @Test
  void whatCouldSoundDifferentIsSpokenAnew() {
    assertFalse(isRepeated("a", PhraseReuse.SAME_SEED));
    assertTrue(isRepeated("a", PhraseReuse.SAME_SEED));
    assertFalse(isRepeated("b", PhraseReuse.SAME_SEED));
    seed = 2;
    assertFalse(isRepeated("a", PhraseReuse.SAME_SEED));
    assertFalse(isRepeated("a", PhraseReuse.NONE));
    VoiceSettings fast =
        new VoiceSettings(2, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    SynthesisRequest faster =
        new SynthesisRequest(
            fast,
            1,
            0,
            TextOptions.AS_WRITTEN,
            WordDetail.WORDS,
            PhraseReuse.SAME_SEED,
            AudioFormat.DEFAULT);
    assertFalse(cache.begin(voice, faster, "a", ASKED, () -> seed).repeated());
    assertEquals(List.of(1L, 1L, 2L, 2L, 2L), voice.numbers);
  }

  @Test
  void whatWasNotAskedForLongestGoesFirst() {
    for (String text : List.of("a", "b", "c")) {
      assertFalse(isRepeated(text, PhraseReuse.ANY_SEED));
    }
    assertEquals(3 * SAMPLES * Float.BYTES, cache.bytes());
    assertTrue(isRepeated("a", PhraseReuse.ANY_SEED));
    assertFalse(isRepeated("d", PhraseReuse.ANY_SEED));
    assertTrue(isRepeated("a", PhraseReuse.ANY_SEED));
    assertTrue(isRepeated("c", PhraseReuse.ANY_SEED));
    assertFalse(isRepeated("b", PhraseReuse.ANY_SEED));
    assertEquals(3 * SAMPLES * Float.BYTES, cache.bytes());
  }

  @Test
  void longPhrasesAndHalfOnesAreNotKept() {
    assertFalse(isRepeated("x".repeat(21), PhraseReuse.ANY_SEED));
    assertFalse(isRepeated("x".repeat(21), PhraseReuse.ANY_SEED));
    assertEquals(0, cache.misses());
    Rendering broken = begin("a", PhraseReuse.ANY_SEED).rendering();
    float[] _ = broken.step(Pace.of(2), new CancellationToken());
    assertFalse(isRepeated("a", PhraseReuse.ANY_SEED));
    assertEquals(SAMPLES * Float.BYTES, cache.bytes());
    PhraseCache small = new PhraseCache(SAMPLES * Float.BYTES - 1, 20);
    float[] _ =
        speak(
            small.begin(voice, order(PhraseReuse.ANY_SEED), "a", ASKED, () -> 1).rendering(),
            new ArrayList<>());
    assertEquals(0, small.bytes());
  }

  /// A phrase without any sound takes memory too.
  @Test
  void silentPhrasesGoToo() {
    ScriptedVoice silent = new ScriptedVoice(VoiceDescription.Input.SENTENCE, List.of());
    PhraseCache small = new PhraseCache(10 * PhraseCache.ENTRY_BYTES, 20);
    SynthesisRequest order =
        new SynthesisRequest(
            VoiceSettings.DEFAULTS,
            1,
            0,
            TextOptions.AS_WRITTEN,
            WordDetail.WORDS,
            PhraseReuse.ANY_SEED,
            AudioFormat.DEFAULT);
    for (int i = 0; i < 100; i++) {
      Rendering rendering =
          small.begin(silent, order, "..." + i, WordTimingRequest.NONE, () -> 1).rendering();
      if (!rendering.isFinished()) {
        float[] _ = rendering.step(Pace.of(2), new CancellationToken());
      }
      List<WordTiming> _ = rendering.takeWords();
    }
    assertEquals(0, small.bytes());
    assertTrue(small.size() > 0 && small.size() <= 10, () -> small.size() + " are kept");
  }
}
