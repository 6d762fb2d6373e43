package dev.ttsworker.voices;

import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.voicepack.Voicepack;
import java.time.Duration;
import java.util.Optional;

/// Snapshot of a cache slot.
///
/// @param loaded the voicepack and the voice in memory, empty when there is none
/// @param loading whether a load is running or waiting its turn
/// @param referenceCount sessions and references of LoadModel
/// @param idle time since the last use; zero while in use or not loaded
/// @param failure why the last load failed
record SlotView(
    Optional<Loaded> loaded,
    boolean loading,
    int referenceCount,
    Duration idle,
    Optional<String> failure) {
  static final SlotView UNLOADED =
      new SlotView(Optional.empty(), false, 0, Duration.ZERO, Optional.empty());

  /// The voice in memory.
  ///
  /// @param placement how it was loaded
  record Loaded(Voicepack voicepack, Placement placement, VoiceDescription voice) {}

  static SlotView of(Slot slot, long nowNanos) {
    int users = slot.current.map(CachedVoice::users).orElse(0);
    return new SlotView(
        slot.current.map(resident ->
            new Loaded(resident.voicepack(), resident.placement(), resident.voice().description())),
        slot.arriving.isPresent(),
        slot.references + users,
        Duration.ofNanos(slot.current.map(resident -> resident.idleNanos(nowNanos)).orElse(0L)),
        slot.failure);
  }
}
