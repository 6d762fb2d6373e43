package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.g2p.PhonemeIds;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import java.util.Arrays;
import java.util.List;

/// Equivalence check: compares the parts of a voice with its whole graph, without noise.
final class PartitionCheck {
  /// A larger difference than this could be heard as a click where windows join.
  static final double LARGEST_DIFFERENCE = 1e-4;

  private static final Pace PACE = Pace.of(16);
  private static final int PHONEMES = 48;

  private PartitionCheck() {}

  /// The largest difference of a sample; infinite when the lengths differ.
  static double difference(PiperGraphs stages, WholeGraph whole, PiperConfig config) {
    SentenceRequest order = order(config);
    CancellationToken never = new CancellationToken();
    float[] expected = whole.speak(order, never);
    SentenceSound sound = stages.begin(order);
    double difference = 0;
    int at = 0;
    while (!sound.isFinished()) {
      float[] samples = sound.step(PACE, never);
      if (at + samples.length > expected.length) {
        return Double.POSITIVE_INFINITY;
      }
      for (int i = 0; i < samples.length; i++) {
        difference = Math.max(difference, Math.abs(samples[i] - expected[at + i]));
      }
      at += samples.length;
    }
    return at == expected.length ? difference : Double.POSITIVE_INFINITY;
  }

  /// A sentence that any voice can say, long enough for several windows.
  static SentenceRequest order(PiperConfig config) {
    return new SentenceRequest(someIds(config), 0, config.lengthScale(), 0, 0, 0);
  }

  /// Phonemes of the voice's own, always the same.
  private static long[] someIds(PiperConfig config) {
    List<String> known = config.phonemeIds().keySet().stream().sorted().toList();
    StringBuilder phonemes = new StringBuilder();
    for (int i = 0; i < PHONEMES && !known.isEmpty(); i++) {
      phonemes.append(known.get(i * 7 % known.size()));
    }
    long[] ids =
        new PhonemeIds(config.phonemeIds(), config.phonemeMap()).encode(phonemes.toString()).ids();
    return ids.length > 0 ? ids : Arrays.copyOf(ids, 1);
  }
}
