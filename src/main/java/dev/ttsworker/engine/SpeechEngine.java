package dev.ttsworker.engine;

import dev.ttsworker.config.EngineSettings;
import java.util.List;
import java.util.function.Consumer;

/// Text-to-speech engine in this process: text of a call in, frames of audio out. The one way into
/// this part of the worker; what lies in the packages below is invisible from outside of them.
/// Thread-safe.
public interface SpeechEngine extends VoiceLoader, AutoCloseable {
  /// Opens the engine of this build: starts the runtime, probes the devices and starts the
  /// inference threads. The caller closes it after the last call and the last voice.
  ///
  /// @param observer is called on the engine's threads
  /// @throws dev.ttsworker.error.WorkerException when a native library is missing
  static SpeechEngine open(EngineOptions options, EngineObserver observer) {
    return EngineProvider.find().open(options, observer);
  }

  /// Looks for what would keep an engine from being opened, without opening one.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION` when `engine.native_path`
  ///   cannot be used
  static void check(EngineSettings settings) {
    EngineProvider.find().check(settings);
  }

  /// Where inference runs now.
  Device device();

  /// The device that was found when the engine was opened; where voices are loaded first.
  Device probedDevice();

  /// Calls a listener with each change of [#device], on a thread of the engine; it must not wait.
  void onDeviceChange(Consumer<Device> listener);

  /// Whether an accelerator is in a state that only a new process can leave.
  boolean isDeviceLost();

  /// Memory and utilization of the GPUs in use; none where the system does not give them.
  List<GpuUsage> gpus();

  /// Version of the inference runtime, for people.
  String runtimeVersion();

  /// Jobs that can be computed at once now, at least 1.
  int parallelism();

  /// Jobs that wait for an inference thread.
  int queueDepth();

  /// Share of the inference threads' time in use over the last seconds, 0..1.
  double utilization();

  /// What speech costs, as measured.
  SpeechCosts costs();

  /// What was found again in the phrase cache.
  PhraseCacheStats phraseCache();

  /// Ends the threads and frees native memory. Idempotent.
  @Override
  void close();
}
