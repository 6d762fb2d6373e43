package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Fields;
import dev.ttsworker.voicepack.LanguageTags;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.VoicepackFormat;
import dev.ttsworker.voicepack.VoicepackFormats;
import dev.ttsworker.yaml.YamlFile;
import dev.ttsworker.yaml.YamlReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Catalogue reader. Whatever later becomes a path, an address or a word of a command line is
/// checked here, so that a catalogue can neither write outside the voice's folder nor pass options
/// to pip. Used once.
final class CatalogueReader {
  private static final Set<String> TOP = Set.of("voices");
  private static final Set<String> VOICE =
      Set.of("id", "description", "languages", "licence", "licence_note", "files", "sources");
  private static final Set<String> FILE = Set.of("name", "size", "sha256");
  private static final Set<String> SOURCE =
      Set.of("url", "python_package", "version", "folder", "files");

  private static final Pattern ID =
      Pattern.compile(
          VoicepackFormats.onDisk().stream()
              .map(VoicepackFormat::family)
              .collect(Collectors.joining("|", "(", ")-[a-z0-9][a-z0-9._-]{0,121}")));
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");
  private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,100})");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.+!_-]{0,60})");
  private static final Pattern FOLDER =
      Pattern.compile("([A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)?");
  private static final Pattern NOT_BLANK = Pattern.compile("\\S.*");
  private static final String MODEL_SUFFIX = ".onnx";
  private static final String CONFIG_SUFFIX = ".onnx.json";
  private static final long MAX_FILE_BYTES = 8L << 30;

  private final Path file;

  CatalogueReader(Path file) {
    this.file = file;
  }

  List<CatalogueVoice> read() {
    Fields top = top();
    List<CatalogueVoice> voices = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : top.mappings("voices", VOICE)) {
      CatalogueVoice voice = voice(fields);
      if (!ids.add(voice.modelId())) {
        throw fields.invalid("id", voice.modelId(), "an id that no other voice has");
      }
      voices.add(voice);
    }
    return voices;
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

  private static CatalogueVoice voice(Fields fields) {
    String id = fields.exact("id", ID);
    Map<String, Optional<Checksum>> files = files(fields);
    requireOneModelAndItsConfig(fields, files.keySet());
    List<VoiceSource> sources = new ArrayList<>();
    for (Fields source : fields.mappings("sources", SOURCE)) {
      sources.add(source(source, files.keySet()));
    }
    if (sources.isEmpty()) {
      throw fields.invalid("sources", "", "at least one source");
    }
    CatalogueEntry entry =
        new CatalogueEntry(
            id,
            fields.text("description").orElse(""),
            fields.text("licence", NOT_BLANK),
            fields.text("licence_note").orElse(""),
            LanguageTags.expand(languages(fields)),
            files.values().stream().flatMap(Optional::stream).mapToLong(Checksum::size).sum());
    CatalogueVoice voice = new CatalogueVoice(entry, files, sources);
    requireModelChecksum(fields, voice);
    return voice;
  }

  private static Map<String, Optional<Checksum>> files(Fields fields) {
    Map<String, Optional<Checksum>> files = new LinkedHashMap<>();
    for (Fields item : fields.mappings("files", FILE)) {
      String name = item.exact("name", FILE_NAME);
      if (files.put(name, checksum(item)) != null) {
        throw item.invalid("name", name, "each file once");
      }
    }
    return files;
  }

  private static Optional<Checksum> checksum(Fields item) {
    if (!item.has("sha256") && !item.has("size")) {
      return Optional.empty();
    }
    String sha256 = item.text("sha256").orElse("").toLowerCase(Locale.ROOT);
    if (!Checksum.isSha256(sha256)) {
      throw item.invalid("sha256", sha256, "64 hexadecimal digits");
    }
    return Optional.of(new Checksum(item.wholeNumber("size", 1, MAX_FILE_BYTES), sha256));
  }

  private static void requireOneModelAndItsConfig(Fields fields, Set<String> names) {
    List<String> models = names.stream().filter(name -> name.endsWith(MODEL_SUFFIX)).toList();
    boolean complete =
        models.size() == 1
            && names.contains(models.getFirst() + ".json")
            && !names.contains(VoiceMetadata.FILE_NAME);
    if (!complete) {
      throw fields.invalid(
          "files",
          names.toString(),
          "one .onnx, its .onnx.json, and others except " + VoiceMetadata.FILE_NAME);
    }
  }

  /// Only a `.onnx.json` can be checked by its structure; all else needs a checksum everywhere.
  private static void requireModelChecksum(Fields fields, CatalogueVoice voice) {
    for (VoiceSource source : voice.sources()) {
      for (String name : voice.fileNames()) {
        if (!name.endsWith(CONFIG_SUFFIX) && voice.checksum(source, name).isEmpty()) {
          throw fields.invalid(
              "files", name + " without size and sha256", "both for every file but .onnx.json");
        }
      }
    }
  }

  private static VoiceSource source(Fields fields, Set<String> names) {
    Map<String, Checksum> checksums = new LinkedHashMap<>();
    for (Fields item : fields.mappings("files", FILE)) {
      String name = item.exact("name", FILE_NAME);
      if (!names.contains(name)) {
        throw item.invalid("name", name, names.toString());
      }
      checksums.put(
          name,
          checksum(item).orElseThrow(() -> item.invalid("sha256", "", "64 hexadecimal digits")));
    }
    if (fields.has("url") == fields.has("python_package")) {
      throw fields.invalid("url", "both or neither", "either url or python_package");
    }
    return fields.has("url") ? web(fields, checksums) : pythonPackage(fields, checksums);
  }

  private static VoiceSource web(Fields fields, Map<String, Checksum> checksums) {
    String url = fields.text("url").orElse("");
    try {
      URI base = new URI(url);
      boolean plain = base.getQuery() == null && base.getFragment() == null;
      if (VoiceSource.Web.isAllowed(base) && plain && url.endsWith("/")) {
        return new VoiceSource.Web(base, checksums);
      }
    } catch (URISyntaxException e) {
      throw fields.invalid("url", url, "an https address that ends in / (" + e.getReason() + ")");
    }
    throw fields.invalid("url", url, "an https address that ends in /");
  }

  private static VoiceSource pythonPackage(Fields fields, Map<String, Checksum> checksums) {
    return new VoiceSource.PythonPackage(
        fields.exact("python_package", PACKAGE),
        fields.exact("version", VERSION),
        fields.exact("folder", FOLDER),
        checksums);
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
