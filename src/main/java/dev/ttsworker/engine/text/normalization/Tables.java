package dev.ttsworker.engine.text.normalization;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Table resource: sections in brackets, in them lines `written = verbalization`, or plain words.
/// `#` and a blank begin a comment, except in `# = `.
final class Tables {
  private static final String FOLDER = "tables/";

  private final String resource;
  private final Map<String, Map<String, String>> sections = new HashMap<>();

  private Tables(String resource) {
    this.resource = resource;
  }

  /// Loads a table.
  static Tables read(String resource) {
    Tables tables = new Tables(resource);
    try (BufferedReader lines = open(resource)) {
      Map<String, String> section = new LinkedHashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String content = line.strip();
        if (content.startsWith("[") && content.endsWith("]") && content.length() > 2) {
          String name = content.substring(1, content.length() - 1);
          section = tables.sections.computeIfAbsent(name, _ -> new LinkedHashMap<>());
        } else if (!content.isEmpty() && !isComment(content)) {
          add(content, section);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
    return tables;
  }

  private static boolean isComment(String line) {
    return line.equals("#") || (line.startsWith("# ") && !line.startsWith("# = "));
  }

  private static void add(String line, Map<String, String> section) {
    int equals = line.indexOf(" = ");
    if (equals > 0) {
      section.put(line.substring(0, equals).strip(), line.substring(equals + 3).strip());
    } else {
      for (String word : line.split("\\s+", -1)) {
        section.put(word, "");
      }
    }
  }

  /// Written forms of a section with their verbalization.
  Map<String, String> section(String name) {
    Map<String, String> section = sections.get(name);
    if (section == null) {
      throw new IllegalStateException(resource + " has no section [" + name + "]");
    }
    return Map.copyOf(section);
  }

  /// The words of a section.
  Set<String> words(String name) {
    return Set.copyOf(section(name).keySet());
  }

  private static BufferedReader open(String resource) throws IOException {
    InputStream stream = Tables.class.getResourceAsStream(FOLDER + resource);
    if (stream == null) {
      throw new IOException("the resource " + resource + " is missing");
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
