package dev.ttsworker.voices;

import java.util.List;

/// Model access for sessions and operators. Thread-safe; every method may be called from a virtual
/// thread, and those that load wait.
public interface Models {
  /// Takes a lease on a model, loading it when it is not in memory; concurrent loads of one model
  /// are one load. While the worker's first model is still loading this waits for it. An interrupt
  /// ends the wait.
  ///
  /// @param modelId as a client wrote it: an id, an alias, a family name, or empty for the default
  /// @throws dev.ttsworker.error.WorkerException `MODEL_NOT_FOUND` ("Model not found: …; installed:
  ///   …"), `MODEL_LOAD_FAILED`, `INVALID_VOICEPACK`, `CALL_CANCELLED` when interrupted
  VoiceLease acquire(String modelId);

  /// Takes one reference that only [#unload] gives back; with `preloadOnly` none, the model is just
  /// brought into memory.
  ///
  /// @return the id that is loaded
  /// @throws dev.ttsworker.error.WorkerException as [#acquire]
  String load(String modelId, boolean preloadOnly);

  /// Gives one reference of [#load] back; never below zero, and never from under a session. An
  /// unreferenced model may leave memory at once.
  ///
  /// @return what was done, for people
  /// @throws dev.ttsworker.error.WorkerException `MODEL_NOT_FOUND`
  String unload(String modelId);

  /// Rescans the voicepacks and reloads those that changed; running calls keep the old ones.
  ///
  /// @return what was done, for people
  String reload();

  /// Every installed model, by id.
  List<ModelStatus> list();

  /// The ids in memory, by id.
  List<String> resident();
}
