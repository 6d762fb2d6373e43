package dev.ttsworker.engine;

import dev.ttsworker.voicepack.Voicepack;

/// Voice loader: brings a voicepack into memory.
@FunctionalInterface
public interface VoiceLoader {
  /// Loads, checks and calibrates; takes seconds. The caller closes the voice.
  ///
  /// @param voicepack what to load
  /// @param placement where its graphs may run
  /// @throws dev.ttsworker.error.WorkerException `MODEL_LOAD_FAILED` or `INVALID_VOICEPACK`, naming
  ///   the file and the reason
  Voice load(Voicepack voicepack, Placement placement);

  /// Where the graphs of a voice may run.
  enum Placement {
    /// On the accelerator that the probe found, or the CPU when there is none.
    PREFERRED,
    /// On the CPU only.
    CPU
  }
}
