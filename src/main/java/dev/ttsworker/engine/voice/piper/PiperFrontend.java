package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.Phone;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.g2p.PhonemeIds.Encoded;
import dev.ttsworker.engine.g2p.PhonemeSpan;
import dev.ttsworker.engine.g2p.PhonemizedText;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Front end of a Piper voice: a segment's text to phoneme ids, sentence by sentence. Phonemes that
/// the voice does not know are left out, counted, and named once in the log. Thread-safe.
final class PiperFrontend {
  private static final Logger LOG = LoggerFactory.getLogger(PiperFrontend.class);

  /// Of one segment, about an hour of speech; what the longest segment says in the longest words
  /// has a tenth of it.
  static final int MOST_IDS = 1 << 17;

  private final String modelId;
  private final PhonemeIds phonemeIds;
  private final GraphemeToPhoneme g2p;
  private final boolean knowsIpa;
  private final IntConsumer unknownPhonemes;
  private final int emptyLength;
  private final AtomicBoolean unknownLogged = new AtomicBoolean();

  /// @throws WorkerException `INVALID_VOICEPACK` when one sign has so many numbers that a sentence
  ///   could not be divided beside it
  PiperFrontend(
      String modelId, GraphemeToPhoneme g2p, PiperConfig config, IntConsumer unknownPhonemes) {
    this.modelId = modelId;
    this.phonemeIds = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    this.g2p = g2p;
    this.knowsIpa = config.phonemeType() == PiperConfig.PhonemeType.ESPEAK;
    this.unknownPhonemes = unknownPhonemes;
    this.emptyLength = phonemeIds.encode("").ids().length;
    Stream.concat(
            Stream.of(""),
            Stream.concat(
                    config.phonemeIds().keySet().stream(), config.phonemeMap().keySet().stream())
                .flatMap(sign -> sign.codePoints().mapToObj(Character::toString)))
        .forEach(this::checkLength);
  }

  /// @param sign empty for the marks of a sentence
  private void checkLength(String sign) {
    int marks = sign.isEmpty() ? 0 : emptyLength;
    int length = phonemeIds.encode(sign).ids().length - marks;
    if (length > TextRuns.LONGEST_SIGN) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "phoneme_id_map: '%s' has %d ids, allowed: up to %d"
              .formatted(sign.isEmpty() ? "^_$" : sign, length, TextRuns.LONGEST_SIGN));
    }
  }

  /// One sentence that has something to say.
  ///
  /// @param words those that begin in it, in order
  record EncodedSentence(SentenceIds sentence, List<EncodedWord> words) {}

  /// A word of a sentence.
  ///
  /// @param from index of its first id
  /// @param to index just past its last id; as `from` when it has none
  /// @param phonemes none when nobody asked
  record EncodedWord(SpokenWord word, int from, int to, List<EncodedPhoneme> phonemes) {}

  /// A phoneme of a word, with its stress and length.
  ///
  /// @param from index of its first id
  /// @param to index just past its last id
  record EncodedPhoneme(String text, int from, int to) {}

  /// The sentences that have something to say, with the places of the text's words.
  ///
  /// @throws WorkerException `TEXT_TOO_LONG` for more than [#MOST_IDS], and as
  ///   [GraphemeToPhoneme#convert]
  List<EncodedSentence> read(String text, WordTimingRequest asked) {
    List<SpokenWord> words = asked.words();
    PhonemizedText phonemized = g2p.convert(text, words);
    List<String> phonemes = phonemized.sentences();
    List<PhonemeSpan> spans = phonemized.spans();
    List<EncodedSentence> sentences = new ArrayList<>();
    int word = 0;
    long count = 0;
    for (int i = 0; i < phonemes.size(); i++) {
      Encoded encoded = phonemeIds.encode(phonemes.get(i));
      count += encoded.ids().length;
      if (count > MOST_IDS) {
        throw new WorkerException(
            ErrorCode.TEXT_TOO_LONG,
            "A segment of the text is said with more than %d phoneme numbers; allowed: %d"
                .formatted(MOST_IDS, MOST_IDS));
      }
      if (!encoded.unknown().isEmpty()) {
        report(encoded.unknown());
      }
      if (encoded.ids().length > emptyLength) {
        List<EncodedWord> own = new ArrayList<>();
        for (; word < words.size() && spans.get(word).sentence() <= i; word++) {
          // A word of an earlier sentence, of which nothing can be said, has no length.
          PhonemeSpan span = spans.get(word);
          boolean here = span.sentence() == i;
          int start = here ? span.start() : 0;
          int end = here ? span.end() : 0;
          List<Phone> sounds =
              asked.phonemes() ? Phone.within(phonemes.get(i), start, end) : List.of();
          own.add(encodedWord(words.get(word), start, end, sounds, encoded.starts()));
        }
        sentences.add(new EncodedSentence(sentenceIds(phonemes.get(i), encoded), own));
      }
    }
    if (!sentences.isEmpty()) {
      EncodedSentence last = sentences.getLast();
      int end = last.sentence().count();
      words.stream()
          .skip(word)
          .forEach(w -> last.words().add(new EncodedWord(w, end, end, List.of())));
    }
    return sentences;
  }

  private static SentenceIds sentenceIds(String phonemes, Encoded encoded) {
    long[] ids = encoded.ids();
    int[] starts = encoded.starts();
    List<TextRun> runs =
        ids.length <= TextRuns.LONGEST
            ? TextRuns.whole(ids.length)
            : TextRuns.of(ids.length, SentenceBorders.of(phonemes, starts, ids.length));
    byte[] marks = PausePunctuation.of(phonemes, starts, ids.length);
    return new SentenceIds(ids, starts[0], starts[starts.length - 1], marks, runs);
  }

  private static EncodedWord encodedWord(
      SpokenWord word, int start, int end, List<Phone> sounds, int[] starts) {
    List<EncodedPhoneme> phonemes =
        sounds.stream()
            .map(sound ->
                new EncodedPhoneme(
                    sound.text(), id(sound.start(), starts), id(sound.end(), starts)))
            // One that the voice has no id for is not said.
            .filter(phoneme -> phoneme.to() > phoneme.from())
            .toList();
    return new EncodedWord(word, id(start, starts), id(end, starts), phonemes);
  }

  private static int id(int codePoint, int[] starts) {
    return starts[Math.min(codePoint, starts.length - 1)];
  }

  /// As [dev.ttsworker.engine.voice.VoiceModel#unknownPhonemes].
  List<String> unknownPhonemes(String ipa) {
    return knowsIpa ? phonemeIds.unknown(ipa) : List.of();
  }

  /// As [dev.ttsworker.engine.voice.VoiceModel#phonemes].
  List<String> phonemes() {
    return knowsIpa ? phonemeIds.phonemes() : List.of();
  }

  private void report(List<String> unknown) {
    unknownPhonemes.accept(unknown.size());
    if (unknownLogged.compareAndSet(false, true)) {
      LOG.warn("{} does not know the phonemes {}, left out", modelId, new TreeSet<>(unknown));
    }
  }
}
