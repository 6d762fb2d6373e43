package dev.ttsworker.voicepack;

import dev.ttsworker.error.WorkerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What a voicepack's optional `metadata.yaml` says. It is read leniently: whatever is odd is
/// passed over and told as a problem, and the voice stays usable.
///
/// @param languages BCP 47 tags, the most specific first; empty when it names none
/// @param values all other fields as text, lists joined by commas
/// @param installedFiles names and SHA-256 of what an installer wrote; empty for voices added by
///   hand
/// @param problems what was passed over, each on one line
record VoiceMetadata(
    List<String> languages,
    Map<String, String> values,
    Map<String, String> installedFiles,
    List<String> problems) {
  static final String FILE_NAME = "metadata.yaml";

  /// Field under which the installer keeps the checksums of what it wrote.
  static final String INSTALLED_FILES = "installed_files";

  private static final Pattern FILE_NAME_PATTERN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}");
  private static final int MAX_FIELDS = 64;
  private static final int MAX_ITEMS = 64;
  private static final int MAX_CHARS = 500;

  VoiceMetadata {
    languages = List.copyOf(languages);
    values = Map.copyOf(values);
    installedFiles = Map.copyOf(installedFiles);
    problems = List.copyOf(problems);
  }

  /// Reads the file of a voicepack's folder; nothing at all when there is none.
  static VoiceMetadata read(Path folder) {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return new VoiceMetadata(List.of(), Map.of(), Map.of(), List.of());
    }
    Collector collector = new Collector();
    try {
      YamlReader.read(file).ifPresent(collector::readRoot);
    } catch (WorkerException e) {
      collector.problems.add(e.getMessage());
    }
    List<String> languages = LanguageTags.expand(collector.languages);
    return new VoiceMetadata(languages, collector.values, collector.installed, collector.problems);
  }

  /// A plain name, so that it can only mean a file of the voice's own folder.
  static boolean isFileName(String name) {
    return FILE_NAME_PATTERN.matcher(name).matches();
  }

  private static final class Collector {
    private final List<String> languages = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> installed = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    void readRoot(Node root) {
      if (!(root instanceof MappingNode mapping)) {
        ignored(root, "the file", "a list of `field: value` lines");
        return;
      }
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && !key.getValue().isBlank()) {
          readField(Texts.printable(key.getValue(), MAX_CHARS), tuple.getValueNode());
        } else {
          ignored(tuple.getKeyNode(), "a field's name", "text");
        }
      }
    }

    private void readField(String name, Node value) {
      switch (name) {
        case "language", "languages" -> readLanguages(name, value);
        case INSTALLED_FILES -> readInstalled(value);
        default -> {
          String text = String.join(", ", items(name, value));
          if (values.size() >= MAX_FIELDS) {
            ignored(value, name, "at most " + MAX_FIELDS + " fields");
          } else if (!text.isBlank()) {
            values.put(name.equals("licence") ? "license" : name, Texts.printable(text, MAX_CHARS));
          }
        }
      }
    }

    private void readInstalled(Node value) {
      if (!(value instanceof MappingNode files)) {
        ignored(value, INSTALLED_FILES, "a map of file name to sha256");
        return;
      }
      for (NodeTuple tuple : files.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name
            && VoiceMetadata.isFileName(name.getValue())
            && tuple.getValueNode() instanceof ScalarNode sha256
            && Checksum.isSha256(sha256.getValue())) {
          installed.put(name.getValue(), sha256.getValue());
        } else {
          ignored(tuple.getKeyNode(), "an entry of " + INSTALLED_FILES, "file name: sha256");
        }
      }
    }

    private void readLanguages(String name, Node value) {
      for (String item : items(name, value)) {
        LanguageTags.parse(item)
            .ifPresentOrElse(
                languages::add,
                () -> ignored(value, name + " " + item, "language tags such as en-US"));
      }
    }

    /// The texts of a scalar, a list or a map; of a map's entries those that are not switched off.
    private List<String> items(String name, Node value) {
      List<String> items = new ArrayList<>();
      switch (value) {
        case ScalarNode scalar -> items.add(text(scalar));
        case SequenceNode list -> {
          for (Node item : list.getValue()) {
            addItem(name, item, items);
          }
        }
        case MappingNode map -> {
          for (NodeTuple tuple : map.getValue()) {
            addEntry(name, tuple, items);
          }
        }
        default -> ignored(value, name, "text, a list or a map");
      }
      items.removeIf(String::isBlank);
      if (items.size() > MAX_ITEMS) {
        ignored(value, name + " after its first " + MAX_ITEMS, "at most " + MAX_ITEMS + " items");
      }
      return items.subList(0, Math.min(items.size(), MAX_ITEMS));
    }

    private void addItem(String name, Node item, List<String> items) {
      if (item instanceof ScalarNode scalar) {
        items.add(text(scalar));
      } else {
        ignored(item, "an item of " + name, "text");
      }
    }

    private void addEntry(String name, NodeTuple tuple, List<String> items) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)
          || !(tuple.getValueNode() instanceof ScalarNode value)) {
        ignored(tuple.getKeyNode(), "an entry of " + name, "text");
        return;
      }
      switch (text(value)) {
        case "true", "yes", "on", "" -> items.add(text(key));
        case "false", "no", "off" -> {} // a tag that is switched off
        default -> items.add(text(key) + "=" + text(value));
      }
    }

    private static String text(ScalarNode scalar) {
      String text = Texts.printable(scalar.getValue(), MAX_CHARS);
      boolean absent = scalar.isPlain() && (text.equals("null") || text.equals("~"));
      return absent ? "" : text;
    }

    private void ignored(Node node, String what, String allowed) {
      int line = node.getStartMark().getLine() + 1;
      problems.add(
          "%s, line %d: %s is ignored; allowed: %s"
              .formatted(FILE_NAME, line, Texts.printable(what, 100), allowed));
    }
  }
}
