package dev.ttsworker.engine;

/// G.711 companding: logarithmic codes of eight bits for telephony, a sign, three bits of segment
/// and four of step. Of samples of 16 bits µ-law takes the upper 14 and A-law the upper 13. Source:
/// ITU-T recommendation G.711 (11/88), tables 1 and 2.
final class G711 {
  private static final int SIGN = 0x80;
  private static final int MULAW_BIAS = 0x84;
  private static final int MULAW_LARGEST = 32_635;

  /// Even bits of A-law codes are inverted on the line.
  private static final int ALAW_INVERTED = 0x55;

  private G711() {}

  /// @param sample signed, 16 bits
  static byte mulaw(int sample) {
    // Negative values by one's complement, so that both halves have the same steps.
    int magnitude = Math.min(sample < 0 ? ~sample : sample, MULAW_LARGEST) + MULAW_BIAS;
    int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
    int step = (magnitude >> (segment + 3)) & 0x0F;
    return (byte) ~((sample < 0 ? SIGN : 0) | (segment << 4) | step);
  }

  static int fromMulaw(byte code) {
    int bits = ~code;
    int segment = (bits >> 4) & 7;
    int magnitude = ((((bits & 0x0F) << 3) + MULAW_BIAS) << segment) - MULAW_BIAS;
    return (bits & SIGN) == 0 ? magnitude : -magnitude;
  }

  /// @param sample signed, 16 bits
  static byte alaw(int sample) {
    // Negative values by one's complement, so that both halves have the same steps.
    int magnitude = Math.min(sample < 0 ? ~sample : sample, Short.MAX_VALUE) >> 3;
    int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
    int step = (magnitude >> Math.max(1, segment)) & 0x0F;
    return (byte) (((sample < 0 ? 0 : SIGN) | (segment << 4) | step) ^ ALAW_INVERTED);
  }

  static int fromAlaw(byte code) {
    int bits = code ^ ALAW_INVERTED;
    int segment = (bits >> 4) & 7;
    int magnitude = ((bits & 0x0F) << 4) + 8;
    if (segment > 0) {
      magnitude = (magnitude + 0x100) << (segment - 1);
    }
    return (bits & SIGN) != 0 ? magnitude : -magnitude;
  }
}
