package dev.ttsworker.voices;

import java.util.Optional;

/// Cache slot: what [VoiceCache] keeps of one model id. Guarded by its lock.
final class Slot {
  /// The voice that new sessions get.
  Optional<CachedVoice> current = Optional.empty();

  /// The voice being loaded, the first one or a successor of `current`.
  Optional<CachedVoice> arriving = Optional.empty();

  /// References of LoadModel that UnloadModel has not given back.
  int references;

  /// Whether UnloadModel asked for it to go once its sessions have ended.
  boolean leavesWhenFree;

  /// Why the last load failed, until one succeeds.
  Optional<String> failure = Optional.empty();

  boolean isReferenced() {
    return references > 0 || current.stream().anyMatch(resident -> resident.users() > 0);
  }
}
