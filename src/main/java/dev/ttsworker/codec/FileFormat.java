package dev.ttsworker.codec;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;

/// Format of an audio file that can be written as a stream.
public enum FileFormat {
  /// Samples without a header.
  PCM("audio/pcm", 24_000) {
    @Override
    public StreamEncoder encoder() {
      return new PcmEncoder(new byte[0]);
    }
  },
  /// RIFF WAVE with the largest possible length in its header.
  WAV("audio/wav", 24_000) {
    @Override
    public StreamEncoder encoder() {
      return new PcmEncoder(WavHeader.ofStream(samples()));
    }
  },
  /// Opus in Ogg, 48 kHz.
  OPUS("audio/ogg", 48_000) {
    @Override
    public StreamEncoder encoder() {
      return new OggOpusEncoder();
    }
  },
  /// MPEG-2 layer III.
  MP3("audio/mpeg", 24_000) {
    @Override
    public StreamEncoder encoder() {
      return new Mp3Encoder(samples().sampleRateHz());
    }
  };

  private final String mediaType;
  private final int sampleRateHz;

  FileFormat(String mediaType, int sampleRateHz) {
    this.mediaType = mediaType;
    this.sampleRateHz = sampleRateHz;
  }

  public String mediaType() {
    return mediaType;
  }

  /// The samples that its encoder takes.
  public AudioFormat samples() {
    return new AudioFormat(sampleRateHz, AudioEncoding.PCM_S16LE);
  }

  /// An encoder for one stream.
  public abstract StreamEncoder encoder();
}
