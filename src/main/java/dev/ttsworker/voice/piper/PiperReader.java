package dev.ttsworker.voice.piper;

import dev.ttsworker.phoneme.PhonemeIds;
import dev.ttsworker.phoneme.PhonemeIds.Encoded;
import dev.ttsworker.phoneme.Phonemizer;
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
  private final IntConsumer unknownPhonemes;
  private final int emptyLength;
  private final AtomicBoolean unknownLogged = new AtomicBoolean();

  PiperReader(
      String modelId, Phonemizer phonemizer, PiperConfig config, IntConsumer unknownPhonemes) {
    this.modelId = modelId;
    this.phonemizer = phonemizer;
    this.phonemeIds = new PhonemeIds(config.phonemeIds(), config.phonemeMap());
    this.unknownPhonemes = unknownPhonemes;
    this.emptyLength = phonemeIds.encode("").ids().length;
  }

  /// The ids of each sentence that has something to say.
  List<long[]> read(String text) {
    List<long[]> sentences = new ArrayList<>();
    for (String phonemes : phonemizer.phonemize(text)) {
      Encoded encoded = phonemeIds.encode(phonemes);
      if (!encoded.unknown().isEmpty()) {
        report(encoded.unknown());
      }
      if (encoded.ids().length > emptyLength) {
        sentences.add(encoded.ids());
      }
    }
    return sentences;
  }

  private void report(List<String> unknown) {
    unknownPhonemes.accept(unknown.size());
    if (unknownLogged.compareAndSet(false, true)) {
      log.warn("{} does not know the phonemes {}, left out", modelId, new TreeSet<>(unknown));
    }
  }
}
