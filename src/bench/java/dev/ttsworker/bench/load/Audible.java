package dev.ttsworker.bench.load;

/// Tells sound from silence.
final class Audible {
  /// 1 % of full scale.
  private static final int LOUDEST_SILENCE = 327;

  private Audible() {}

  /// Is any sample of `pcm`, signed 16-bit little endian, over 1 % of full scale?
  static boolean in(byte[] pcm) {
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      int sample = (pcm[i] & 0xff) | (pcm[i + 1] << 8);
      if (sample > LOUDEST_SILENCE || sample < -LOUDEST_SILENCE) {
        return true;
      }
    }
    return false;
  }
}
