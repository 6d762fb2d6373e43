package dev.ttsworker.voices;

import dev.ttsworker.engine.Voice;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lease of a cached voice: one reference, released once.
final class Lease implements VoiceLease {
  private final VoiceCache cache;
  private final CachedVoice resident;
  private final String note;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(VoiceCache cache, CachedVoice resident, String note) {
    this.cache = cache;
    this.resident = resident;
    this.note = note;
  }

  /// @throws IllegalStateException once given back: the voice may be gone, and its use would end
  ///   the process
  @Override
  public Voice voice() {
    if (closed.get()) {
      throw new IllegalStateException("The lease of " + modelId() + " was given back");
    }
    return resident.voice();
  }

  @Override
  public String modelId() {
    return resident.modelId();
  }

  @Override
  public String note() {
    return note;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      cache.release(resident);
    }
  }
}
