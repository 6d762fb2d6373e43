package dev.ttsworker.voice.piper;

/// One sentence as a Piper graph takes it.
///
/// @param sentence what is said
/// @param noiseScale variation of the sound, 0 for none
/// @param lengthScale duration factor, above 0
/// @param noiseW variation of the timing, 0 for none
/// @param speaker number of the speaker
/// @param seed of the sentence's random numbers
record SentenceOrder(
    SentenceIds sentence,
    float noiseScale,
    float lengthScale,
    float noiseW,
    long speaker,
    long seed) {
  SentenceOrder {
    if (!(noiseScale >= 0) || !(lengthScale > 0) || !(noiseW >= 0)) {
      throw new IllegalArgumentException(
          "scales " + noiseScale + ", " + lengthScale + ", " + noiseW);
    }
  }

  /// A sentence in one run of the text stage.
  SentenceOrder(
      long[] ids, float noiseScale, float lengthScale, float noiseW, long speaker, long seed) {
    this(SentenceIds.whole(ids), noiseScale, lengthScale, noiseW, speaker, seed);
  }

  /// All phoneme numbers; not changed by anyone.
  long[] ids() {
    return sentence.ids();
  }

  float[] scales() {
    return new float[] {noiseScale, lengthScale, noiseW};
  }
}
