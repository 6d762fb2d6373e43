package dev.ttsworker.voice.piper;

import dev.ttsworker.phoneme.PhonemeIds;
import dev.ttsworker.phoneme.PhonemeIds.Encoded;
import dev.ttsworker.phoneme.Phonemizer;
import dev.ttsworker.phoneme.WordAligner;
import dev.ttsworker.phoneme.WordAligner.Place;
import dev.ttsworker.voice.SpokenWord;
import dev.ttsworker.voicepack.PiperConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns a segment's text into the phoneme numbers of one voice, sentence by sentence. Phonemes
/// that the voice does not know are left out, counted, and named once in the log. Thread-safe.
final class PiperReader {
  private static final Logger log = LoggerFactory.getLogger(PiperReader.class);

  private final String modelId;
  private final Phonemizer phonemizer;
  private final PhonemeIds phonemeIds;
  private final WordAligner aligner;
  private final IntConsumer unknownPhonemes;
  private final int emptyLength;
  private final AtomicBoolean unknownLogged = new AtomicBoolean();

  PiperReader(
      String modelId, Phonemizer phonemizer, PiperConfig config, IntConsumer unknownPhonemes) {
    this.modelId = modelId;
    this.phonemizer = phonemizer;
    this.phonemeIds = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    this.aligner = new WordAligner(phonemizer);
    this.unknownPhonemes = unknownPhonemes;
    this.emptyLength = phonemeIds.encode("").ids().length;
  }

  /// One sentence that has something to say.
  ///
  /// @param ids phoneme numbers; not changed by anyone
  /// @param words those that begin in it, in order
  @SuppressWarnings("ArrayRecordComponent") // Handed on to the graph as it is; never compared.
  record ReadSentence(long[] ids, List<ReadWord> words) {}

  /// A word of a sentence.
  ///
  /// @param from index of its first id
  /// @param to index just past its last id; as `from` when it has none
  record ReadWord(SpokenWord word, int from, int to) {}

  /// The ids of each sentence that has something to say.
  List<long[]> read(String text) {
    return read(text, List.of()).stream().map(ReadSentence::ids).toList();
  }

  /// The same with the places of the text's words.
  List<ReadSentence> read(String text, List<SpokenWord> words) {
    List<String> phonemes = phonemizer.phonemize(text);
    List<Place> places =
        words.isEmpty()
            ? List.of()
            : aligner.align(phonemes, words.stream().map(SpokenWord::text).toList());
    List<ReadSentence> sentences = new ArrayList<>();
    int word = 0;
    for (int i = 0; i < phonemes.size(); i++) {
      Encoded encoded = phonemeIds.encode(phonemes.get(i));
      if (!encoded.unknown().isEmpty()) {
        report(encoded.unknown());
      }
      if (encoded.ids().length > emptyLength) {
        List<ReadWord> own = new ArrayList<>();
        for (; word < words.size() && places.get(word).sentence() <= i; word++) {
          own.add(readWord(words.get(word), places.get(word), i, encoded.starts()));
        }
        sentences.add(new ReadSentence(encoded.ids(), own));
      }
    }
    if (!sentences.isEmpty()) {
      ReadSentence last = sentences.getLast();
      int end = last.ids().length;
      words.stream().skip(word).forEach(w -> last.words().add(new ReadWord(w, end, end)));
    }
    return sentences;
  }

  /// A word of an earlier sentence, of which nothing can be said, has no length.
  private static ReadWord readWord(SpokenWord word, Place place, int sentence, int[] starts) {
    if (place.sentence() < sentence) {
      return new ReadWord(word, starts[0], starts[0]);
    }
    int last = starts.length - 1;
    return new ReadWord(
        word, starts[Math.min(place.start(), last)], starts[Math.min(place.end(), last)]);
  }

  private void report(List<String> unknown) {
    unknownPhonemes.accept(unknown.size());
    if (unknownLogged.compareAndSet(false, true)) {
      log.warn("{} does not know the phonemes {}, left out", modelId, new TreeSet<>(unknown));
    }
  }
}
