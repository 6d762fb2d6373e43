package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.DataFormat;
import dev.ttsworker.voicepack.DataFormats;
import dev.ttsworker.voicepack.Fields;
import dev.ttsworker.voicepack.LanguageTags;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.VoicepackFormat;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.yaml.YamlFile;
import dev.ttsworker.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Catalogue reader. Whatever later becomes a path, an address or a word of a command line is
/// checked here, so that a catalogue can neither write outside the voice's folder nor pass options
/// to pip. Used once.
final class CatalogueReader {
  private static final Set<String> TOP = Set.of("data", "voices");
  private static final Set<String> DATA =
      Set.of(
          "id", "description", "languages", "licence", "licence_note", "parts", "files", "sources");
  private static final Set<String> VOICE =
      Stream.concat(DATA.stream(), Stream.of("needs")).collect(Collectors.toUnmodifiableSet());

  private static final Pattern VOICE_ID =
      Pattern.compile(
          VoicepackFormats.onDisk().stream()
              .map(VoicepackFormat::family)
              .collect(Collectors.joining("|", "(", ")-[a-z0-9][a-z0-9._-]{0,121}")));
  private static final Pattern DATA_ID =
      Pattern.compile(
          DataFormats.all().stream().map(DataFormat::id).collect(Collectors.joining("|")));
  private static final Pattern NOT_BLANK = Pattern.compile("\\S.*");
  private static final String MODEL_SUFFIX = ".onnx";

  private final Path file;

  CatalogueReader(Path file) {
    this.file = file;
  }

  Catalogue read() {
    Fields top = top();
    Map<String, CatalogueData> data = new TreeMap<>();
    for (Fields fields : top.mappings("data", DATA)) {
      CatalogueData item = data(fields);
      if (data.put(item.id(), item) != null) {
        throw fields.invalid("id", item.id(), "an id that no other data have");
      }
    }
    Map<String, CatalogueVoice> voices = new TreeMap<>();
    for (Fields fields : top.mappings("voices", VOICE)) {
      CatalogueVoice voice = voice(fields, data);
      if (voices.put(voice.id(), voice) != null) {
        throw fields.invalid("id", voice.id(), "an id that no other voice has");
      }
    }
    return new Catalogue(voices, data);
  }

  private Fields top() {
    String name = Printable.shortName(file);
    YamlFile yaml = YamlReader.read(file);
    if (!yaml.problems().isEmpty()) {
      throw invalid(Printable.printable(yaml.problems().getFirst().describe(name), 500));
    }
    if (yaml.root().entries().isEmpty()) {
      throw invalid(name + " is empty; allowed: voices: […]");
    }
    return Fields.yaml(file, yaml.root(), TOP);
  }

  private static WorkerException invalid(String message) {
    return new WorkerException(ErrorCode.INVALID_CONFIGURATION, message);
  }

  private static CatalogueData data(Fields fields) {
    List<CataloguePart> parts = PartReader.read(fields);
    requireChecksums(fields, parts, "");
    return new CatalogueData(entry(fields, fields.exact("id", DATA_ID), parts), parts);
  }

  private static CatalogueVoice voice(Fields fields, Map<String, CatalogueData> data) {
    String id = fields.exact("id", VOICE_ID);
    List<CataloguePart> parts = PartReader.read(fields);
    List<CatalogueData> needs = new ArrayList<>();
    for (String need : fields.texts("needs")) {
      needs.add(
          Optional.ofNullable(data.get(need))
              .orElseThrow(() ->
                  fields.invalid(
                      "needs", need, "ids under data: " + String.join(", ", data.keySet()))));
    }
    CatalogueVoice voice = new CatalogueVoice(entry(fields, id, parts), parts, needs);
    requireChecksums(fields, parts, configOfOnlyModel(fields, voice));
    return voice;
  }

  private static CatalogueEntry entry(Fields fields, String id, List<CataloguePart> parts) {
    return new CatalogueEntry(
        id,
        fields.text("description").orElse(""),
        fields.text("licence", NOT_BLANK),
        fields.text("licence_note").orElse(""),
        CommercialUse.UNKNOWN,
        LanguageTags.expand(languages(fields)),
        parts.stream()
            .flatMap(part -> part.files().values().stream())
            .flatMap(Optional::stream)
            .mapToLong(Checksum::size)
            .sum());
  }

  /// The configuration's name, by the family's rule.
  private static String configOfOnlyModel(Fields fields, CatalogueVoice voice) {
    List<String> names = voice.fileNames();
    List<String> models = names.stream().filter(name -> name.endsWith(MODEL_SUFFIX)).toList();
    VoicepackFormat format = voice.format();
    boolean complete =
        models.size() == 1
            && names.contains(format.configName(models.getFirst()))
            && !names.contains(VoiceMetadata.FILE_NAME);
    if (!complete) {
      throw fields.invalid(
          "files",
          names.toString(),
          "one .onnx, its %s, and others except %s"
              .formatted(format.configName(MODEL_SUFFIX), VoiceMetadata.FILE_NAME));
    }
    return format.configName(models.getFirst());
  }

  /// Only a voice's configuration can be checked by its structure; all else needs a checksum
  /// everywhere.
  private static void requireChecksums(
      Fields fields, List<CataloguePart> parts, String configName) {
    for (CataloguePart part : parts) {
      for (String name : part.fileNames()) {
        if (!name.equals(configName) && part.checksums(name).contains(Optional.empty())) {
          throw fields.invalid(
              "files",
              name + " without size and sha256",
              configName.isEmpty()
                  ? "both for every file"
                  : "both for every file but " + configName);
        }
      }
    }
  }

  private static List<String> languages(Fields fields) {
    List<String> tags = new ArrayList<>();
    for (String name : fields.texts("languages")) {
      tags.add(
          LanguageTags.parse(name)
              .orElseThrow(() -> fields.invalid("languages", name, "language tags such as en-US")));
    }
    return tags;
  }
}
