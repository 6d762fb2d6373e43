package dev.ttsworker.http;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// List of the voices that can be installed: content of `voices.json`.
///
/// @param entries reads the catalogue
record VoiceList(Supplier<List<CatalogueEntry>> entries) {
  private static final Logger LOG = LoggerFactory.getLogger(VoiceList.class);

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

  /// @throws WorkerException `INTERNAL` when the catalogue cannot be read, which is in the log
  List<Installable> now() {
    try {
      return entries.get().stream().map(VoiceList::installable).toList();
    } catch (WorkerException e) {
      LOG.warn("The voices that can be installed cannot be listed: {}", e.getMessage());
      throw new WorkerException(
          ErrorCode.INTERNAL, "The catalogue cannot be read; see the worker's log", e);
    }
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
