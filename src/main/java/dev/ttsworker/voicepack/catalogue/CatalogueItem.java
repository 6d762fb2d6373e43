package dev.ttsworker.voicepack.catalogue;

import java.util.List;

/// Catalogue item: an entry with what is needed to install it.
public sealed interface CatalogueItem permits CatalogueVoice, CatalogueData {
  CatalogueEntry entry();

  /// At least one; no two have a file of the same name.
  List<CataloguePart> parts();

  default String id() {
    return entry().id();
  }

  /// File names of all parts, sorted.
  default List<String> fileNames() {
    return parts().stream().flatMap(part -> part.files().keySet().stream()).sorted().toList();
  }
}
