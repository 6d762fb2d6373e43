package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;

/// One sentence as a hibari voice takes it.
///
/// @param sentence what is said
/// @param speed above 0; 2 is twice as fast
/// @param noiseScale factor of the noise, 0 for none
/// @param pauses that are added at its marks
/// @param seed of the sentence's random numbers
record HibariRequest(
    SentenceIds sentence, float speed, float noiseScale, AddedSamples pauses, long seed) {
  HibariRequest {
    if (!(speed > 0) || !(noiseScale >= 0)) {
      throw new IllegalArgumentException("speed " + speed + ", noise scale " + noiseScale);
    }
  }
}
