package dev.ttsworker.voice.piper;

/// One sentence as a Piper graph takes it. The array is not changed by anyone.
///
/// @param ids phoneme numbers, at least one
/// @param noiseScale variation of the sound, 0 for none
/// @param lengthScale duration factor, above 0
/// @param noiseW variation of the timing, 0 for none
/// @param speaker number of the speaker
/// @param seed of the sentence's random numbers
@SuppressWarnings("ArrayRecordComponent") // Handed on to the runtime as it is; never compared.
record SentenceOrder(
    long[] ids, float noiseScale, float lengthScale, float noiseW, long speaker, long seed) {
  SentenceOrder {
    if (ids.length == 0 || !(noiseScale >= 0) || !(lengthScale > 0) || !(noiseW >= 0)) {
      throw new IllegalArgumentException(
          ids.length + " ids, scales " + noiseScale + ", " + lengthScale + ", " + noiseW);
    }
  }

  float[] scales() {
    return new float[] {noiseScale, lengthScale, noiseW};
  }
}
