package dev.ttsworker.voicepack;

import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlFile;
import dev.ttsworker.yaml.YamlNode;
import dev.ttsworker.yaml.YamlNode.Style;
import dev.ttsworker.yaml.YamlProblem;
import dev.ttsworker.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Voice metadata: what a voicepack's optional `metadata.yaml` says. It is read leniently: whatever
/// is odd is skipped and reported as a problem, and the voice stays usable.
///
/// @param languages BCP 47 tags, the most specific first; empty when it names none
/// @param values all other fields as text, lists joined by commas
/// @param installedFiles names and SHA-256 of what an installer wrote; empty for voices added by
///   hand
/// @param problems what was passed over, each on one line
public record VoiceMetadata(
    List<String> languages,
    Map<String, String> values,
    Map<String, String> installedFiles,
    List<String> problems) {
  public static final String FILE_NAME = "metadata.yaml";

  /// Field under which the installer keeps the checksums of what it wrote.
  public static final String INSTALLED_FILES = "installed_files";

  private static final Pattern FILE_NAME_PATTERN =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9_-]{0,40}/)?[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");
  private static final int MAX_FIELDS = 64;
  private static final int MAX_ITEMS = 64;
  private static final int MAX_CHARS = 500;

  public VoiceMetadata {
    languages = List.copyOf(languages);
    values = Map.copyOf(values);
    installedFiles = Map.copyOf(installedFiles);
    problems = List.copyOf(problems);
  }

  /// Reads the file of a voicepack's folder; nothing at all when there is none.
  public static VoiceMetadata read(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return new VoiceMetadata(List.of(), Map.of(), Map.of(), List.of());
    }
    Collector collector = new Collector();
    YamlFile yaml = YamlReader.read(file);
    for (YamlProblem problem : yaml.problems()) {
      collector.problems.add(Printable.printable(problem.describe(FILE_NAME), MAX_CHARS));
    }
    collector.readRoot(yaml.root());
    List<String> languages = LanguageTags.expand(collector.languages);
    return new VoiceMetadata(languages, collector.values, collector.installed, collector.problems);
  }

  /// A plain name, perhaps in one folder, so that it can only mean a file of the voice's own
  /// folder.
  static boolean isFileName(String name) {
    return FILE_NAME_PATTERN.matcher(name).matches();
  }

  private static final class Collector {
    private final List<String> languages = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> installed = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    void readRoot(YamlNode.Section root) {
      for (YamlNode.Entry entry : root.entries()) {
        if (entry.key().isBlank()) {
          ignored(entry.origin(), "a field's name", "text");
        } else {
          readField(Printable.printable(entry.key(), MAX_CHARS), entry.value());
        }
      }
    }

    private void readField(String name, YamlNode value) {
      switch (name) {
        case "language", "languages" -> readLanguages(name, value);
        case INSTALLED_FILES -> readInstalled(value);
        default -> {
          String text = String.join(", ", items(name, value));
          if (values.size() >= MAX_FIELDS) {
            ignored(value.origin(), name, "at most " + MAX_FIELDS + " fields");
          } else if (!text.isBlank()) {
            values.put(
                name.equals("licence") ? "license" : name, Printable.printable(text, MAX_CHARS));
          }
        }
      }
    }

    private void readInstalled(YamlNode value) {
      if (!(value instanceof YamlNode.Section files)) {
        ignored(value.origin(), INSTALLED_FILES, "a map of file name to sha256");
        return;
      }
      for (YamlNode.Entry entry : files.entries()) {
        if (VoiceMetadata.isFileName(entry.key())
            && entry.value() instanceof YamlNode.Scalar sha256
            && Checksum.isSha256(sha256.text())) {
          installed.put(entry.key(), sha256.text());
        } else {
          ignored(entry.origin(), "an entry of " + INSTALLED_FILES, "file name: sha256");
        }
      }
    }

    private void readLanguages(String name, YamlNode value) {
      for (String item : items(name, value)) {
        LanguageTags.parse(item)
            .ifPresentOrElse(
                languages::add,
                () -> ignored(value.origin(), name + " " + item, "language tags such as en-US"));
      }
    }

    /// The texts of a scalar, a list or a map; of a map's entries those that are not switched off.
    private List<String> items(String name, YamlNode value) {
      List<String> items = new ArrayList<>();
      switch (value) {
        case YamlNode.Scalar scalar -> items.add(text(scalar));
        case YamlNode.Items list -> list.items().forEach(item -> addItem(name, item, items));
        case YamlNode.Section map -> map.entries().forEach(entry -> addEntry(name, entry, items));
      }
      items.removeIf(String::isBlank);
      if (items.size() > MAX_ITEMS) {
        ignored(
            value.origin(),
            name + " after its first " + MAX_ITEMS,
            "at most " + MAX_ITEMS + " items");
      }
      return items.subList(0, Math.min(items.size(), MAX_ITEMS));
    }

    private void addItem(String name, YamlNode item, List<String> items) {
      if (item instanceof YamlNode.Scalar scalar) {
        items.add(text(scalar));
      } else {
        ignored(item.origin(), "an item of " + name, "text");
      }
    }

    private void addEntry(String name, YamlNode.Entry entry, List<String> items) {
      if (!(entry.value() instanceof YamlNode.Scalar value)) {
        ignored(entry.origin(), "an entry of " + name, "text");
        return;
      }
      String key = Printable.printable(entry.key(), MAX_CHARS);
      switch (text(value)) {
        case "true", "yes", "on", "" -> items.add(key);
        case "false", "no", "off" -> {} // a tag that is switched off
        default -> items.add(key + "=" + text(value));
      }
    }

    private static String text(YamlNode.Scalar scalar) {
      return scalar.style() == Style.NOTHING ? "" : Printable.printable(scalar.text(), MAX_CHARS);
    }

    private void ignored(Location origin, String what, String allowed) {
      problems.add(
          "%s, line %d: %s is ignored; allowed: %s"
              .formatted(FILE_NAME, origin.line(), Printable.printable(what, 100), allowed));
    }
  }
}
