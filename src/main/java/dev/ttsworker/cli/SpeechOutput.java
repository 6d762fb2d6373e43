package dev.ttsworker.cli;

import dev.ttsworker.engine.AudioFormat;

/// What takes the frames of a command that speaks.
public interface SpeechOutput {
  /// Takes the next frame.
  ///
  /// @param format the same for all frames
  void write(AudioFormat format, byte[] frame);
}
