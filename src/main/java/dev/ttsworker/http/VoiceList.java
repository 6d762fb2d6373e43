package dev.ttsworker.http;

import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// List of the voices that can be installed: content of `voices.json`.
///
/// @param entries reads the catalogue
record VoiceList(Supplier<List<CatalogueEntry>> entries) {
  /// One of them, with names in snake_case.
  ///
  /// @param commercialUse `yes`, `no` or `unknown`
  record Installable(
      String id,
      String description,
      List<String> languages,
      String licence,
      String licenceNote,
      String commercialUse,
      long sizeBytes) {}

  List<Installable> now() {
    return entries.get().stream().map(VoiceList::installable).toList();
  }

  private static Installable installable(CatalogueEntry entry) {
    return new Installable(
        entry.id(),
        entry.description(),
        entry.languages(),
        entry.licence(),
        entry.licenceNote(),
        entry.commercialUse().name().toLowerCase(Locale.ROOT),
        entry.sizeBytes());
  }
}
