package dev.ttsworker.codec;

/// Encoder of one audio stream: PCM in, bytes of a file out. Not thread-safe; computes on the
/// calling thread.
public interface StreamEncoder {
  /// Encodes the next samples.
  ///
  /// @param pcm whole samples, mono signed 16-bit little endian
  /// @return what is complete now, perhaps nothing; the first bytes begin the file
  byte[] encode(byte[] pcm);

  /// Ends the stream.
  ///
  /// @return the rest of the file
  byte[] finish();
}
