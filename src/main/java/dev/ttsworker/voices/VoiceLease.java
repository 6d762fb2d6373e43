package dev.ttsworker.voices;

import dev.ttsworker.engine.Voice;

/// Lease: the right to use a loaded voice. While one is open the voice stays in memory.
public interface VoiceLease extends AutoCloseable {
  Voice voice();

  /// The id that was installed and is spoken with; another than asked for after an alias or the
  /// fallback.
  String modelId();

  /// A note for the caller: empty, or that an alias or the fallback is in use.
  String note();

  /// Gives the voice back. Idempotent.
  @Override
  void close();
}
