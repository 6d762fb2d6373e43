package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SpeakerShare;
import dev.ttsworker.engine.runtime.gpu.GraphSpec;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.CalibrationPhonemes;
import dev.ttsworker.engine.voice.sentence.PhonemeVocabulary;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// Calibration sentences of a Kokoro voice, said by its first speaker.
final class KokoroCalibration {
  private static final CancellationToken NEVER = new CancellationToken();
  private static final Pace PACE = Pace.of(Rendering.LARGEST_WINDOW_FRAMES);
  private static final int FIRST_SPEAKER = 0;

  /// About ten seconds: all sentences would take half a minute.
  private static final int SENTENCES = 3;

  private static final int SHORT_PHONEMES = 24;

  private final PhonemeVocabulary vocabulary;
  private final KokoroSpeakers speakers;

  KokoroCalibration(PhonemeVocabulary vocabulary, KokoroSpeakers speakers) {
    this.vocabulary = vocabulary;
    this.speakers = speakers;
  }

  private List<String> sentences() {
    boolean british = speakers.language(FIRST_SPEAKER) == KokoroLanguage.BRITISH;
    return CalibrationPhonemes.of(british).subList(0, SENTENCES);
  }

  /// Checksum of the phoneme numbers and styles that are spoken: others have another loudness.
  String checksum() {
    CRC32C checksum = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    for (String sentence : sentences()) {
      long[] ids = vocabulary.encode(sentence).ids();
      for (long id : ids) {
        checksum.update(bytes.putLong(0, id).rewind());
      }
      for (float number : speakers.style(shares(), ids.length - 2)) {
        checksum.update(bytes.putLong(0, Float.floatToIntBits(number)).rewind());
      }
    }
    return Long.toHexString(checksum.getValue());
  }

  /// What accelerators must know of the graph, with a sentence of some words.
  GraphSpec spec(KokoroModel model) {
    long[] all = vocabulary.encode(sentences().getFirst()).ids();
    long[] ids = Arrays.copyOf(all, Math.min(all.length, SHORT_PHONEMES));
    ids[ids.length - 1] = all[all.length - 1];
    return model.spec(ids, speakers.style(shares(), ids.length - 2));
  }

  /// All sentences.
  float[] speech(KokoroModel model) {
    float[] speech = {};
    for (String sentence : sentences()) {
      float[] made = speak(model, sentence);
      int end = speech.length;
      speech = Arrays.copyOf(speech, end + made.length);
      System.arraycopy(made, 0, speech, end, made.length);
    }
    return speech;
  }

  /// The first sentence.
  float[] sentence(KokoroModel model) {
    return speak(model, sentences().getFirst());
  }

  private float[] speak(KokoroModel model, String phonemes) {
    SentenceIds ids = SentenceIds.whole(vocabulary.encode(phonemes).ids());
    return new KokoroSound(model, speakers, new KokoroRequest(ids, shares(), 1, AddedSamples.NONE))
        .step(PACE, NEVER);
  }

  private static List<SpeakerShare> shares() {
    return List.of(new SpeakerShare(FIRST_SPEAKER, 1));
  }
}
