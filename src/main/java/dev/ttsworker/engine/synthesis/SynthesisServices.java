package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.EngineObserver;
import dev.ttsworker.engine.runtime.Scheduler;

/// Services that all calls share.
///
/// @param scheduler runs whatever computes
/// @param costs what speech costs
/// @param phrases shared by all calls
/// @param normalized whether voices are brought to the loudness target; otherwise they keep their
///   own level and only peaks are limited
public record SynthesisServices(
    Scheduler scheduler,
    CostMeter costs,
    PhraseCache phrases,
    boolean normalized,
    EngineObserver observer) {
  /// Highest peak of the output in dBFS.
  public static final double CEILING_DB = -1;
}
