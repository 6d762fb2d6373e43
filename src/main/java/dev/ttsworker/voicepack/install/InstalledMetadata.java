package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import dev.ttsworker.voicepack.catalogue.CommercialUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Writer of an installed voice's `metadata.yaml`: its licence, its source, and the checksums of
/// what was installed.
final class InstalledMetadata {
  private InstalledMetadata() {}

  static void write(Path folder, CatalogueVoice voice, String source) throws IOException {
    CatalogueEntry entry = voice.entry();
    StringBuilder yaml = new StringBuilder("# Written by `tts-worker voices install`.\n");
    field(yaml, "description", entry.description());
    if (!entry.languages().isEmpty()) {
      yaml.append("languages:\n");
      entry.languages().forEach(tag -> yaml.append("  - ").append(quoted(tag)).append('\n'));
    }
    field(yaml, "license", entry.licence());
    field(yaml, "license_note", entry.licenceNote());
    if (entry.commercialUse() != CommercialUse.UNKNOWN) {
      field(yaml, "commercial_use", entry.commercialUse().label());
    }
    field(yaml, "source", source);
    yaml.append(VoiceMetadata.INSTALLED_FILES).append(":\n");
    for (String name : voice.fileNames()) {
      String sha256 = FileHashes.sha256(folder.resolve(name));
      yaml.append(String.format(Locale.ROOT, "  %s: %s%n", quoted(name), quoted(sha256)));
    }
    Files.writeString(folder.resolve(VoiceMetadata.FILE_NAME), yaml);
  }

  private static void field(StringBuilder yaml, String name, String value) {
    if (!value.isEmpty()) {
      yaml.append(name).append(": ").append(quoted(value)).append('\n');
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
