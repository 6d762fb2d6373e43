package dev.ttsworker.voice.piper;

import java.util.OptionalDouble;

/// Measures how loud a voice is.
@FunctionalInterface
public interface LoudnessMeter {
  /// Integrated loudness by BS.1770.
  ///
  /// @param samples mono, full scale ±1
  /// @return LUFS; empty when there is nothing to hear
  OptionalDouble integratedLufs(float[] samples, int sampleRateHz);
}
