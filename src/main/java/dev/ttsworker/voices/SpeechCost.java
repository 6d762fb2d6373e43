package dev.ttsworker.voices;

/// Hears what speech of a voice costs.
@FunctionalInterface
public interface SpeechCost {
  /// Takes one measurement.
  ///
  /// @param modelId the voice's
  /// @param computing seconds of a thread
  /// @param audio seconds of sound that were made in this time
  void measured(String modelId, double computing, double audio);
}
