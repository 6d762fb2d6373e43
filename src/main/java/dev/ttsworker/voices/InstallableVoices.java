package dev.ttsworker.voices;

import dev.ttsworker.config.Installation;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.voicepack.catalogue.Catalogue;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import dev.ttsworker.voicepack.catalogue.PiperCollection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Voices that can be installed by name, whether they are or not: those of the catalogue, and the
/// stock Piper voices of the public collection. Reads files; for whoever looks at the list.
public final class InstallableVoices {
  private final ModelSettings settings;
  private final Installation installation;

  public InstallableVoices(ModelSettings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /// By id.
  ///
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION` when the catalogue or the
  ///   collection's index cannot be used
  public List<CatalogueEntry> list() {
    Catalogue catalogue =
        Catalogue.find(settings.voicepackRoot(), installation.home(), settings.piperMirror());
    List<CatalogueEntry> entries = new ArrayList<>(catalogue.entries());
    Optional<PiperCollection> collection = catalogue.collection();
    collection.ifPresent(found ->
        found.voices().stream()
            .filter(voice -> found.unreadable(voice).isEmpty())
            .map(found::entry)
            .filter(entry -> entries.stream().noneMatch(own -> own.id().equals(entry.id())))
            .forEach(entries::add));
    return entries.stream().sorted(Comparator.comparing(CatalogueEntry::id)).toList();
  }
}
