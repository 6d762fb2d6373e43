package dev.ttsworker.voicepack.catalogue;

import java.util.List;

/// Catalogue entry: what people see of something that can be installed.
///
/// @param id of a voice its model id, `<family>-<folder name>`; of language data their id
/// @param description one line for people; may be empty
/// @param licence its name, such as `CC0-1.0`
/// @param licenceNote where it stands or what to know about it; may be empty
/// @param commercialUse whether the licence allows it, as far as it is known
/// @param languages BCP 47 tags, the most specific first
/// @param sizeBytes of the files whose size is known, summed
public record CatalogueEntry(
    String id,
    String description,
    String licence,
    String licenceNote,
    CommercialUse commercialUse,
    List<String> languages,
    long sizeBytes) {
  public CatalogueEntry {
    languages = List.copyOf(languages);
  }
}
