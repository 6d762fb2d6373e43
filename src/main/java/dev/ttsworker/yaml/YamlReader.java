package dev.ttsworker.yaml;

import dev.ttsworker.yaml.YamlNode.Style;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML reader: nodes with their lines. Nothing is constructed from tags; size, nesting and aliases
/// are bounded, so that a hostile file costs little. For one file, one thread.
public final class YamlReader {
  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 16;
  private static final int MOST_COLLECTION_ALIASES = 8;

  private final String source;
  private final List<YamlProblem> problems = new ArrayList<>();

  /// An alias is the same node again: it is converted once, however often it is used.
  private final IdentityHashMap<Node, Optional<YamlNode>> converted = new IdentityHashMap<>();

  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlReader(Path file) {
    this.source = file.toString();
  }

  /// Reads a file of sections. Never fails: a file that is not there, or not YAML, is a problem and
  /// an empty root.
  public static YamlFile read(Path file) {
    YamlReader reader = new YamlReader(file);
    YamlNode.Section root = reader.root(file);
    return new YamlFile(root, reader.problems);
  }

  private YamlNode.Section root(Path file) {
    YamlNode.Section empty = new YamlNode.Section(new Location(source, 0), List.of());
    Optional<YamlNode> root = text(file).flatMap(this::compose).flatMap(node -> convert(node, ""));
    if (root.isEmpty()) {
      return empty;
    }
    return switch (root.get()) {
      case YamlNode.Section section -> section;
      case YamlNode.Scalar scalar when scalar.style() == Style.NOTHING -> empty;
      case YamlNode.Scalar scalar -> notASection(scalar, empty);
      case YamlNode.Items items -> notASection(items, empty);
    };
  }

  private YamlNode.Section notASection(YamlNode raw, YamlNode.Section empty) {
    report(raw.origin().line(), "", "the file must hold sections (key: value), not " + raw.show());
    return empty;
  }

  private Optional<String> text(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        report(0, "", Files.exists(file) ? "is not a file" : "does not exist");
      } else if (Files.size(file) > MOST_BYTES) {
        report(0, "", "is longer than " + MOST_BYTES + " bytes");
      } else {
        return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
      }
    } catch (CharacterCodingException e) {
      report(0, "", "is not UTF-8 text");
    } catch (AccessDeniedException e) {
      report(0, "", "cannot be read: permission denied");
    } catch (IOException e) {
      report(0, "", "cannot be read: " + Redaction.plain(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private Optional<Node> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_BYTES);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_COLLECTION_ALIASES);
    // Whatever a tag says, nothing is constructed; that one is there is reported with its key.
    options.setTagInspector(tag -> true);
    StreamReader reader = new StreamReader(text);
    try {
      ParserImpl parser = new ParserImpl(reader, options);
      return Optional.ofNullable(new Composer(parser, new Resolver(), options).getSingleNode());
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? reader.getLine() : mark.getLine();
      report(line + 1, "", "is not valid YAML: " + tabOr(reason(e), text, line));
    } catch (RuntimeException e) {
      // Besides its own exception the scanner lets number and index errors of odd input through.
      report(
          reader.getLine() + 1,
          "",
          "is not valid YAML: " + Redaction.plain(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  /// Tabs in front of a line are what its fault is, whatever the parser says of it.
  private static String tabOr(String reason, String text, int line) {
    String found = text.lines().skip(line).findFirst().orElse("");
    String indent = found.substring(0, found.length() - found.stripLeading().length());
    if (indent.indexOf('\t') >= 0) {
      return "the line is indented with a tab; use spaces, not tabs";
    }
    return reason.contains("(TAB)") ? "a tab stands in the line; use spaces, not tabs" : reason;
  }

  /// The parser's words without its excerpt of the file, which may hold a secret.
  private static String reason(MarkedYAMLException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return Redaction.plain(context + e.getProblem());
  }

  /// @return empty when the value cannot be used, which is then reported
  private Optional<YamlNode> convert(Node node, String path) {
    Optional<YamlNode> known = converted.get(node);
    if (known != null) {
      return known;
    }
    if (!open.add(node)) {
      return reported(node, path, "contains itself");
    }
    Optional<YamlNode> raw = convertNew(node, path);
    open.remove(node);
    converted.put(node, raw);
    return raw;
  }

  private Optional<YamlNode> convertNew(Node node, String path) {
    Location origin = new Location(source, line(node));
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, origin, path);
      case SequenceNode sequence when sequence.getTag().equals(Tag.SEQ) ->
          Optional.of(new YamlNode.Items(origin, items(sequence, path)));
      case MappingNode mapping when mapping.getTag().equals(Tag.MAP) ->
          Optional.of(new YamlNode.Section(origin, entries(mapping, path)));
      default -> reported(node, path, tagProblem(node));
    };
  }

  private Optional<YamlNode> scalar(ScalarNode node, Location origin, String path) {
    Optional<Style> style = style(node.getTag());
    if (style.isEmpty()) {
      return reported(node, path, tagProblem(node));
    }
    return Optional.of(new YamlNode.Scalar(origin, node.getValue(), style.get()));
  }

  private static Optional<Style> style(Tag tag) {
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Optional.of(Style.NUMBER);
    } else if (tag.equals(Tag.BOOL)) {
      return Optional.of(Style.FLAG);
    } else if (tag.equals(Tag.NULL)) {
      return Optional.of(Style.NOTHING);
    } else if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP) || tag.equals(Tag.MERGE)) {
      return Optional.of(Style.TEXT);
    }
    return Optional.empty();
  }

  private List<YamlNode> items(SequenceNode sequence, String path) {
    List<YamlNode> items = new ArrayList<>();
    int index = 0;
    for (Node item : sequence.getValue()) {
      convert(item, path + "[" + index + "]").ifPresent(items::add);
      index++;
    }
    return List.copyOf(items);
  }

  private List<YamlNode.Entry> entries(MappingNode mapping, String path) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar)) {
        report(line(keyNode), path, "has a key that is not a word");
        continue;
      }
      String key = scalar.getValue();
      String keyPath = path.isEmpty() ? Redaction.plain(key) : path + "." + Redaction.plain(key);
      Integer earlier = lines.putIfAbsent(key, line(keyNode));
      if (earlier != null) {
        report(line(keyNode), keyPath, "is given twice, first on line " + earlier);
        continue;
      }
      Location origin = new Location(source, line(keyNode));
      convert(tuple.getValueNode(), keyPath)
          .ifPresent(value -> entries.add(new YamlNode.Entry(origin, key, value)));
    }
    return List.copyOf(entries);
  }

  private static String tagProblem(Node node) {
    return "tag "
        + Redaction.plain(node.getTag().getValue())
        + " is not allowed: allowed plain values";
  }

  private Optional<YamlNode> reported(Node node, String path, String message) {
    report(line(node), path, message);
    return Optional.empty();
  }

  private void report(int line, String path, String message) {
    problems.add(new YamlProblem(new Location(source, line), path, message));
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
