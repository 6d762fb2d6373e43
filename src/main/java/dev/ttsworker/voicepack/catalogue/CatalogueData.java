package dev.ttsworker.voicepack.catalogue;

import java.util.List;

/// Language data that can be installed; every file has a checksum.
public record CatalogueData(CatalogueEntry entry, List<CataloguePart> parts)
    implements CatalogueItem {
  public CatalogueData {
    parts = List.copyOf(parts);
  }
}
