package dev.ttsworker;

import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.voice.VoiceLoader;
import java.util.function.UnaryOperator;

/// Where a test can make a worker's surroundings fail.
///
/// @param loader wraps what brings voices into memory
/// @param runtime wraps what graphs run on
record Edges(UnaryOperator<VoiceLoader> loader, UnaryOperator<InferenceRuntime> runtime) {
  static final Edges NONE = new Edges(UnaryOperator.identity(), UnaryOperator.identity());

  static Edges ofLoader(UnaryOperator<VoiceLoader> loader) {
    return new Edges(loader, UnaryOperator.identity());
  }

  static Edges ofRuntime(UnaryOperator<InferenceRuntime> runtime) {
    return new Edges(UnaryOperator.identity(), runtime);
  }
}
