package dev.ttsworker.engine.assembly;

import dev.ttsworker.config.AudioSettings;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.SynthesisSettings;
import dev.ttsworker.config.SynthesisSettings.Phonemes;
import dev.ttsworker.engine.EngineOptions;
import dev.ttsworker.engine.EngineOptions.Folders;
import dev.ttsworker.engine.EngineOptions.SchedulingOrder;
import dev.ttsworker.engine.EngineOptions.Streaming;
import dev.ttsworker.engine.runtime.Runtimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Options of an engine with one thread on the CPU.
final class TestOptions {
  private TestOptions() {}

  static EngineOptions onCpu(Path cache) {
    return new EngineOptions(
        Runtimes.settings(EngineSettings.Device.CPU, 1, Optional.empty()),
        new AudioSettings(48_000, 20, -16, true),
        new SynthesisSettings(Duration.ofSeconds(5), 0, 0, Phonemes.ESPEAK),
        new Folders(Path.of(System.getProperty("tts.native.directory")), cache, cache),
        SchedulingOrder.EARLIEST_DEADLINE_FIRST,
        Streaming.WITHIN_SENTENCES);
  }
}
