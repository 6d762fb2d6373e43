package dev.ttsworker.engine;

/// Encoding of samples in the frames of a call.
public enum AudioEncoding {
  /// Signed 16-bit little endian.
  PCM_S16LE(2) {
    @Override
    void encode(int sample, byte[] target, int at) {
      target[at] = (byte) sample;
      target[at + 1] = (byte) (sample >> 8);
    }

    @Override
    public int decode(byte[] source, int at) {
      return (short) ((source[at] & 0xFF) | (source[at + 1] << 8));
    }
  },
  /// µ-law of ITU-T G.711, one byte a sample.
  MULAW(1) {
    @Override
    void encode(int sample, byte[] target, int at) {
      target[at] = G711.mulaw(sample);
    }

    @Override
    public int decode(byte[] source, int at) {
      return G711.fromMulaw(source[at]);
    }
  },
  /// A-law of ITU-T G.711, one byte a sample.
  ALAW(1) {
    @Override
    void encode(int sample, byte[] target, int at) {
      target[at] = G711.alaw(sample);
    }

    @Override
    public int decode(byte[] source, int at) {
      return G711.fromAlaw(source[at]);
    }
  };

  private final int bytesPerSample;

  AudioEncoding(int bytesPerSample) {
    this.bytesPerSample = bytesPerSample;
  }

  public int bytesPerSample() {
    return bytesPerSample;
  }

  /// Writes one signed 16-bit sample.
  abstract void encode(int sample, byte[] target, int at);

  /// Reads one as a signed 16-bit sample.
  public abstract int decode(byte[] source, int at);

  /// The samples of a frame of [#PCM_S16LE] in this encoding; that frame itself where it is this
  /// one.
  public byte[] ofPcm(byte[] pcm) {
    if (this == PCM_S16LE) {
      return pcm;
    }
    byte[] encoded = new byte[pcm.length / PCM_S16LE.bytesPerSample * bytesPerSample];
    for (int i = 0; i < encoded.length / bytesPerSample; i++) {
      encode(PCM_S16LE.decode(pcm, i * PCM_S16LE.bytesPerSample), encoded, i * bytesPerSample);
    }
    return encoded;
  }

  /// Whether any sample is above an amplitude.
  ///
  /// @param amplitude of 16-bit samples
  public boolean isAbove(int amplitude, byte[] frame) {
    for (int at = 0; at < frame.length; at += bytesPerSample) {
      if (Math.abs(decode(frame, at)) > amplitude) {
        return true;
      }
    }
    return false;
  }
}
