package dev.ttsworker.bench.client;

/// One conversation with a server. Used by one thread at a time; its calls come one after another.
public interface SpeechStream extends AutoCloseable {

  /// Has one whole text spoken. Returns at once; `listener` hears the rest, also that the server
  /// could not be reached. The next text may be spoken once the listener has heard of the end.
  SpeechCall speak(String text, SpeechListener listener);

  /// Ends the conversation and whatever is spoken on it; does not throw.
  @Override
  void close();
}
