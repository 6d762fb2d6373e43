package dev.ttsworker.bench.client;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import tools.jackson.databind.json.JsonMapper;

/// A server of the Wyoming protocol, as wyoming-piper is: `synthesize` in, `audio-chunk` out, over
/// one TCP connection for each stream. What interrupts a call there is hanging up.
final class WyomingTarget implements SpeechTarget {
  private final JsonMapper json = JsonMapper.builder().build();
  private final String host;
  private final int port;
  private final ThreadFactory threads;

  /// Connects when a stream is opened.
  ///
  /// @param threads makes one for each spoken text, which mostly waits for the server
  WyomingTarget(String host, int port, ThreadFactory threads) {
    this.host = host;
    this.port = port;
    this.threads = threads;
  }

  @Override
  public SpeechStream open() {
    try {
      return new WyomingStream(this, connect());
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  WyomingConnection connect() throws IOException {
    return new WyomingConnection(host, port, json);
  }

  ThreadFactory threads() {
    return threads;
  }

  /// Its streams own all there is.
  @Override
  public void close() {}
}
