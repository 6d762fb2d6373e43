package dev.ttsworker.voicepack.catalogue;

import java.util.List;

/// Catalogue entry: a voice that can be installed.
///
/// @param modelId the id it will have, `piper-<folder name>`
/// @param description one line for people; may be empty
/// @param licence its name, such as `CC0-1.0`
/// @param licenceNote where it stands or what to know about it; may be empty
/// @param languages BCP 47 tags, the most specific first
/// @param sizeBytes of the files whose size is known, summed
public record CatalogueEntry(
    String modelId,
    String description,
    String licence,
    String licenceNote,
    List<String> languages,
    long sizeBytes) {
  public CatalogueEntry {
    languages = List.copyOf(languages);
  }
}
