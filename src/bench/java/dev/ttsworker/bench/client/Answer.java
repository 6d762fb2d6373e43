package dev.ttsworker.bench.client;

/// Hears the answer to one request beside the audio, on a thread of the transport as
/// [SpeechListener] does. Exactly one of its methods is called.
///
/// @param <T> what is answered
public interface Answer<T> {
  void given(T value);

  void failed(String reason);
}
