package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.runtime.gpu.Accelerators;

/// A tiny voice twice, in one test of accelerators.
///
/// @param here what is expected, on the CPU
/// @param there on the accelerators
/// @param accelerators those of `there`
public record VoicePair(VoiceModel here, VoiceModel there, Accelerators accelerators)
    implements AutoCloseable {
  @Override
  public void close() {
    here.close();
    there.close();
    accelerators.close();
  }
}
