package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.SentenceReader;
import dev.ttsworker.engine.voice.sentence.TextRuns;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// Sentence readers of a Kokoro voice, one for each language, opened when its first speaker speaks.
/// Thread-safe.
final class KokoroReaders {
  /// The model takes 510 phonemes and a mark at each end. Parts are spoken by themselves, so they
  /// need no context.
  private static final TextRuns RUNS = new TextRuns(510, 0, 400);

  private final String modelId;
  private final Map<String, Integer> numbers;
  private final FrontEnds frontEnds;
  private final IntConsumer unknownPhonemes;
  private final Map<KokoroLanguage, Reader> opened = new EnumMap<>(KokoroLanguage.class);

  /// @param numbers of the phonemes
  KokoroReaders(String modelId, Map<String, Integer> numbers, VoiceServices services) {
    this.modelId = modelId;
    this.numbers = Map.copyOf(numbers);
    this.frontEnds = services.frontEnds();
    this.unknownPhonemes = services.observer()::unknownPhonemes;
  }

  /// A reader and its phonemes.
  record Reader(SentenceReader sentences, PhonemeVocabulary vocabulary) {}

  /// The reader of a language that something reads.
  ///
  /// @throws dev.ttsworker.error.WorkerException when its front end cannot be used
  synchronized Reader of(KokoroLanguage language) {
    Reader known = opened.get(language);
    if (known != null) {
      return known;
    }
    PhonemeVocabulary vocabulary = new PhonemeVocabulary(numbers, language.pairs());
    Reader made =
        new Reader(
            new SentenceReader(
                modelId,
                frontEnds.get(language.frontEnd()).open(language.variety()),
                vocabulary::encode,
                RUNS,
                unknownPhonemes),
            vocabulary);
    opened.put(language, made);
    return made;
  }
}
