package dev.ttsworker.voices;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reload: brings the cache up to date with the disk. Runs on the supervisor's thread; leases keep
/// the voices they have.
final class Reload {
  private final InstalledModels installed;
  private final VoiceLoads loads;
  private final VoiceCache cache;
  private final DefaultVoice defaultVoice;
  private final List<String> reloaded = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();

  Reload(InstalledModels installed, VoiceLoads loads, VoiceCache cache, DefaultVoice defaultVoice) {
    this.installed = installed;
    this.loads = loads;
    this.cache = cache;
    this.defaultVoice = defaultVoice;
  }

  /// Reloads what has changed. One that no longer loads keeps its earlier voice.
  void renewChanged() {
    installed.rescan();
    for (Map.Entry<String, SlotView> entry : cache.views().entrySet()) {
      installed
          .withId(entry.getKey())
          .filter(voicepack -> isOutdated(entry.getValue(), voicepack))
          .ifPresent(voicepack -> renew(entry.getValue(), voicepack));
    }
  }

  /// Takes out of reach what is no longer installed, but for the voice that speaks for the default:
  /// it stays until another one can.
  void dropRemoved() {
    Optional<String> speaking =
        defaultVoice.standing() instanceof DefaultVoiceState.Speaking now
            ? Optional.of(now.voicepack().modelId())
            : Optional.empty();
    cache
        .views()
        .forEach((id, view) -> {
          if (view.loaded().isPresent()
              && installed.withId(id).isEmpty()
              && speaking.filter(id::equals).isEmpty()) {
            cache.drop(id);
            removed.add(id);
          }
        });
  }

  /// One line for people.
  String describe() {
    return Messages.brief(
        Messages.join(
            "models installed: " + installed.all().size(),
            listed("reloaded", reloaded),
            listed("no longer installed", removed),
            listed("not reloaded, the earlier voice stays", failed),
            defaultVoice.standing().describe()));
  }

  private static boolean isOutdated(SlotView view, Voicepack voicepack) {
    return view.loading()
        || view.loaded()
            .filter(loaded -> !loaded.voicepack().files().equals(voicepack.files()))
            .isPresent();
  }

  private void renew(SlotView view, Voicepack voicepack) {
    Placement placement = view.loaded().map(SlotView.Loaded::placement).orElse(Placement.PREFERRED);
    try {
      cache.releaseWithoutEviction(
          loads.load(
              voicepack,
              placement,
              present -> present.voicepack().files().equals(voicepack.files())));
      if (view.loaded().isPresent()) {
        reloaded.add(voicepack.modelId());
      }
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.CALL_CANCELLED || e.code() == ErrorCode.DRAINING) {
        throw e;
      }
      if (view.loaded().isPresent()) {
        failed.add(voicepack.modelId() + " (" + e.getMessage() + ")");
      } // else those who wait for that first load get the failure
    }
  }

  private static String listed(String title, List<String> ids) {
    return ids.isEmpty() ? "" : title + ": " + String.join(", ", ids);
  }
}
