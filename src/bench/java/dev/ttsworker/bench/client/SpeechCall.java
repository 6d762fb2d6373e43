package dev.ttsworker.bench.client;

/// One text that is being spoken.
public interface SpeechCall {

  /// Lets go of it as a client that leaves would. From any thread, also after its end. The listener
  /// hears of the end as [SpeechListener#failed] or [SpeechListener#ended], once.
  void cancel();
}
