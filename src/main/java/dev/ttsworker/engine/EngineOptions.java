package dev.ttsworker.engine;

import dev.ttsworker.config.AudioSettings;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.Installation;
import dev.ttsworker.config.SynthesisSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.voicepack.DataFormats;
import java.nio.file.Path;
import java.util.List;

/// Engine options: the sections of the configuration that concern the engine, where its files are,
/// and what only benchmarks change.
public record EngineOptions(
    EngineSettings runtime,
    AudioSettings audio,
    SynthesisSettings synthesis,
    Folders folders,
    SchedulingOrder order,
    Streaming streaming) {

  /// Where the engine's files are.
  ///
  /// @param natives the unpacked native libraries
  /// @param cache keeps what is computed from voices whose own folder cannot be written to
  /// @param languageData compiled language data, which voices share
  public record Folders(Path natives, Path cache, Path languageData) {}

  /// Which job an inference thread takes next.
  public enum SchedulingOrder {
    /// Earliest play-out deadline first.
    EARLIEST_DEADLINE_FIRST,
    /// First in, first out; to compare with.
    FIFO
  }

  /// What of a sentence must be computed before its audio leaves.
  public enum Streaming {
    /// A window of it, where the voice can.
    WITHIN_SENTENCES,
    /// All of it; to compare with.
    WHOLE_SENTENCES
  }

  /// As configured.
  public static EngineOptions of(WorkerConfig config, Installation installation) {
    return new EngineOptions(
        config.engine(),
        config.audio(),
        config.synthesis(),
        new Folders(
            installation.nativeDirectory(),
            installation.cacheFolder(),
            DataFormats.folder(List.of(config.models().voicepackRoot(), installation.ownVoices()))),
        SchedulingOrder.EARLIEST_DEADLINE_FIRST,
        Streaming.WITHIN_SENTENCES);
  }

  /// The same with another order of jobs.
  public EngineOptions with(SchedulingOrder other) {
    return new EngineOptions(runtime, audio, synthesis, folders, other, streaming);
  }

  /// The same with other streaming.
  public EngineOptions with(Streaming other) {
    return new EngineOptions(runtime, audio, synthesis, folders, order, other);
  }
}
