package dev.ttsworker.engine.voice;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.audio.LevelCalibration;
import dev.ttsworker.engine.g2p.FrontEnds;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import java.nio.file.Path;

/// Services that the engine lends to voice families. Owned by the engine, which closes it after the
/// last voice.
///
/// @param accelerators run the windows of a graph in batches
/// @param frontEnds text to phonemes, by name
/// @param streaming whether audio leaves before a sentence is wholly computed, where a voice can
/// @param cacheDirectory keeps what is computed from voices whose own folder cannot be written to
/// @param level finds the gain of a voice from calibration sentences
public record VoiceServices(
    InferenceRuntime runtime,
    Accelerators accelerators,
    FrontEnds frontEnds,
    boolean streaming,
    Path cacheDirectory,
    LevelCalibration level,
    EngineObserver observer) {
  /// Whether a voice is to be computed on accelerators.
  public boolean accelerated(Placement placement) {
    return placement == Placement.PREFERRED && runtime.device().accelerated();
  }
}
