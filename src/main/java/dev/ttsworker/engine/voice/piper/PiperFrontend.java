package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.g2p.GraphemeToPhoneme;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.engine.voice.sentence.SentenceReader;
import dev.ttsworker.engine.voice.sentence.SentenceReader.EncodedSentence;
import dev.ttsworker.engine.voice.sentence.TextRuns;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/// Front end of a Piper voice: a segment's text to phoneme ids, sentence by sentence. Thread-safe.
final class PiperFrontend {
  /// A run of the text stage has at most 256 numbers, two for each sign of the text.
  static final TextRuns RUNS = new TextRuns(256, 32, 168);

  /// Most numbers of one sign; more could leave no border within reach.
  private static final int LONGEST_SIGN = 32;

  private final PhonemeIds phonemeIds;
  private final boolean knowsIpa;
  private final SentenceReader reader;

  /// @throws WorkerException `INVALID_VOICEPACK` when one sign has so many numbers that a sentence
  ///   could not be divided beside it
  PiperFrontend(
      String modelId, GraphemeToPhoneme g2p, PiperConfig config, IntConsumer unknownPhonemes) {
    this.phonemeIds = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    this.knowsIpa = config.phonemeType() == PiperConfig.PhonemeType.ESPEAK;
    this.reader = new SentenceReader(modelId, g2p, phonemeIds::encode, RUNS, unknownPhonemes);
    int emptyLength = phonemeIds.encode("").ids().length;
    Stream.concat(
            Stream.of(""),
            Stream.concat(
                    config.phonemeIds().keySet().stream(), config.phonemeMap().keySet().stream())
                .flatMap(sign -> sign.codePoints().mapToObj(Character::toString)))
        .forEach(sign -> checkLength(sign, emptyLength));
  }

  /// @param sign empty for the marks of a sentence
  /// @param emptyLength numbers of these marks
  private void checkLength(String sign, int emptyLength) {
    int marks = sign.isEmpty() ? 0 : emptyLength;
    int length = phonemeIds.encode(sign).ids().length - marks;
    if (length > LONGEST_SIGN) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "phoneme_id_map: '%s' has %d ids, allowed: up to %d"
              .formatted(sign.isEmpty() ? "^_$" : sign, length, LONGEST_SIGN));
    }
  }

  SentenceReader reader() {
    return reader;
  }

  /// As [SentenceReader#read].
  List<EncodedSentence> read(String text, WordTimingRequest asked) {
    return reader.read(text, asked);
  }

  /// As [dev.ttsworker.engine.voice.VoiceModel#unknownPhonemes].
  List<String> unknownPhonemes(String ipa) {
    return knowsIpa ? phonemeIds.unknown(ipa) : List.of();
  }

  /// As [dev.ttsworker.engine.voice.VoiceModel#phonemes].
  List<String> phonemes() {
    return knowsIpa ? phonemeIds.phonemes() : List.of();
  }
}
