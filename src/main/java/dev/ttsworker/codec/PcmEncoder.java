package dev.ttsworker.codec;

/// Samples as they are, after a header.
final class PcmEncoder implements StreamEncoder {
  private byte[] header;

  PcmEncoder(byte[] header) {
    this.header = header;
  }

  @Override
  public byte[] encode(byte[] pcm) {
    byte[] bytes = new byte[header.length + pcm.length];
    System.arraycopy(header, 0, bytes, 0, header.length);
    System.arraycopy(pcm, 0, bytes, header.length, pcm.length);
    header = new byte[0];
    return bytes;
  }

  @Override
  public byte[] finish() {
    return encode(new byte[0]);
  }
}
