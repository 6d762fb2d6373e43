package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.Phone;
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
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sentence reader of a voice: a segment's text to phoneme ids, sentence by sentence. Phonemes that
/// the voice does not know are left out, counted, and named once in the log. Thread-safe.
public final class SentenceReader {
  private static final Logger LOG = LoggerFactory.getLogger(SentenceReader.class);

  /// Of one segment, about an hour of speech; what the longest segment says in the longest words
  /// has a tenth of it.
  public static final int MOST_IDS = 1 << 17;

  private final String modelId;
  private final GraphemeToPhoneme g2p;
  private final Function<String, Encoded> encoder;
  private final TextRuns runs;
  private final IntConsumer unknownPhonemes;
  private final int emptyLength;
  private final AtomicBoolean unknownLogged = new AtomicBoolean();

  /// @param modelId of the voice, for the log
  /// @param encoder phonemes of a sentence to the voice's numbers
  /// @param runs how long sentences are divided
  /// @param unknownPhonemes receives how many were left out
  public SentenceReader(
      String modelId,
      GraphemeToPhoneme g2p,
      Function<String, Encoded> encoder,
      TextRuns runs,
      IntConsumer unknownPhonemes) {
    this.modelId = modelId;
    this.g2p = g2p;
    this.encoder = encoder;
    this.runs = runs;
    this.unknownPhonemes = unknownPhonemes;
    this.emptyLength = encoder.apply("").ids().length;
  }

  /// One sentence that has something to say.
  ///
  /// @param words those that begin in it, in order
  public record EncodedSentence(SentenceIds sentence, List<EncodedWord> words) {}

  /// A word of a sentence.
  ///
  /// @param from index of its first id
  /// @param to index just past its last id; as `from` when it has none
  /// @param phonemes none when nobody asked
  public record EncodedWord(SpokenWord word, int from, int to, List<EncodedPhoneme> phonemes) {
    public EncodedWord {
      phonemes = List.copyOf(phonemes);
    }
  }

  /// A phoneme of a word, with its stress and length.
  ///
  /// @param from index of its first id
  /// @param to index just past its last id
  public record EncodedPhoneme(String text, int from, int to) {}

  /// The sentences that have something to say, with the places of the text's words.
  ///
  /// @throws WorkerException `TEXT_TOO_LONG` for more than [#MOST_IDS], and as
  ///   [GraphemeToPhoneme#convert]
  public List<EncodedSentence> read(String text, WordTimingRequest asked) {
    List<SpokenWord> words = asked.words();
    PhonemizedText phonemized = g2p.convert(text, words);
    List<String> phonemes = phonemized.sentences();
    List<PhonemeSpan> spans = phonemized.spans();
    List<EncodedSentence> sentences = new ArrayList<>();
    int word = 0;
    long count = 0;
    for (int i = 0; i < phonemes.size(); i++) {
      Encoded encoded = encoder.apply(phonemes.get(i));
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

  private SentenceIds sentenceIds(String phonemes, Encoded encoded) {
    long[] ids = encoded.ids();
    int[] starts = encoded.starts();
    List<TextRun> parts =
        ids.length <= runs.longest()
            ? TextRuns.whole(ids.length)
            : runs.of(ids.length, SentenceBorders.of(phonemes, starts, ids.length));
    byte[] marks = PausePunctuation.of(phonemes, starts, ids.length);
    return new SentenceIds(ids, starts[0], starts[starts.length - 1], marks, parts);
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

  private void report(List<String> unknown) {
    unknownPhonemes.accept(unknown.size());
    if (unknownLogged.compareAndSet(false, true)) {
      LOG.warn("{} does not know the phonemes {}, left out", modelId, new TreeSet<>(unknown));
    }
  }
}
