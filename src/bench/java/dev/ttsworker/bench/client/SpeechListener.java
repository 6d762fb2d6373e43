package dev.ttsworker.bench.client;

import java.time.Duration;

/// Hears of one spoken text. Called one event at a time and in order, on threads of the transport,
/// which every call shares: whoever listens takes the time (`System.nanoTime`), does a little
/// arithmetic and returns. Exactly one of [#ended], [#refused] and [#failed] comes, as the last.
public interface SpeechListener {

  /// Audio has come.
  ///
  /// @param pcm signed 16-bit little endian samples, one channel; not empty, the listener's own
  void audio(byte[] pcm, int sampleRateHz);

  /// All of the text has been spoken, or the server was told to stop.
  void ended();

  /// The server has no capacity for it now.
  ///
  /// @param retryAfter when the server says to try again; zero when it does not say
  void refused(String reason, Duration retryAfter);

  /// It went wrong, or was cancelled.
  void failed(String reason);
}
