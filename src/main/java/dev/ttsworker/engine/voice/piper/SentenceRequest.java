package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.voice.sentence.AddedSamples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;

/// Sentence request: one sentence as a Piper graph takes it.
///
/// @param sentence what is said
/// @param noiseScale variation of the sound, 0 for none
/// @param lengthScale duration factor, above 0
/// @param noiseW variation of the timing, 0 for none
/// @param speaker number of the speaker
/// @param pauses that are added at its marks
/// @param seed of the sentence's random numbers
record SentenceRequest(
    SentenceIds sentence,
    float noiseScale,
    float lengthScale,
    float noiseW,
    long speaker,
    AddedSamples pauses,
    long seed) {
  SentenceRequest {
    if (!(noiseScale >= 0) || !(lengthScale > 0) || !(noiseW >= 0)) {
      throw new IllegalArgumentException(
          "scales " + noiseScale + ", " + lengthScale + ", " + noiseW);
    }
  }

  /// A sentence in one run of the text stage, without pauses that are added.
  SentenceRequest(
      long[] ids, float noiseScale, float lengthScale, float noiseW, long speaker, long seed) {
    this(SentenceIds.whole(ids), noiseScale, lengthScale, noiseW, speaker, AddedSamples.NONE, seed);
  }

  /// All phoneme numbers; not changed by anyone.
  long[] ids() {
    return sentence.ids();
  }

  float[] scales() {
    return new float[] {noiseScale, lengthScale, noiseW};
  }
}
