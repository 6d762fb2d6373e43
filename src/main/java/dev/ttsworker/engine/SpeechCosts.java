package dev.ttsworker.engine;

/// Cost of speech, as measured while it is synthesised. Thread-safe.
public interface SpeechCosts {
  /// Seconds of an inference thread per second of this voice's audio; of all voices before it was
  /// measured.
  double realTimeFactor(String modelId);

  /// The same over all voices; 0 before anything was synthesised.
  double realTimeFactor();

  /// Seconds of an inference thread for the first audio of a call.
  ///
  /// @param characters of its text that are there; fewer than usual count as usual, since more will
  ///   come
  double firstAudioSeconds(String modelId, int characters);

  /// Seconds of inference threads since the engine was opened.
  double inferenceSeconds();

  /// Seconds of audio that were computed since the engine was opened, whether or not they left.
  double audioSeconds();
}
