package dev.ttsworker.engine.text.normalization.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Language data: sections in brackets, in them lines `key = value`, or words without a value. `#`
/// and a blank begin a comment, except in `# = `. Immutable.
final class LanguageData {
  private static final int MOST_LINES = 2_000;
  private static final int LONGEST_LINE = 1_000;
  private static final String SETTINGS = "settings";

  private final Map<String, Map<String, Entry>> sections = new LinkedHashMap<>();
  private final String name;

  /// Value of a key.
  ///
  /// @param place file and line, for errors
  record Entry(String value, String place) {
    IllegalStateException wrong(String allowed) {
      return new IllegalStateException(place + ": " + value + " is not " + allowed);
    }
  }

  private LanguageData(String name) {
    this.name = name;
  }

  /// Reads files of this package; what a later one has replaces what an earlier one has.
  static LanguageData read(List<String> resources) {
    LanguageData data = new LanguageData(String.join(" and ", resources));
    resources.forEach(data::add);
    return data;
  }

  private void add(String resource) {
    try (BufferedReader lines = open(resource)) {
      String section = "";
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String place = resource + " line " + ++number;
        if (number > MOST_LINES || line.length() > LONGEST_LINE) {
          throw new IllegalStateException(
              place + ": at most " + MOST_LINES + " lines of " + LONGEST_LINE + " characters");
        }
        String content = line.strip();
        if (content.startsWith("[") && content.endsWith("]") && content.length() > 2) {
          section = content.substring(1, content.length() - 1);
        } else if (!content.isEmpty() && !isComment(content)) {
          add(content, section, place);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
  }

  private static boolean isComment(String line) {
    return line.equals("#") || (line.startsWith("# ") && !line.startsWith("# = "));
  }

  private void add(String line, String section, String place) {
    if (section.isEmpty()) {
      throw new IllegalStateException(place + ": a line before the first [section]: " + line);
    }
    Map<String, Entry> entries = sections.computeIfAbsent(section, _ -> new LinkedHashMap<>());
    int equals = (line + " ").indexOf(" = ");
    if (equals > 0) {
      String value = equals + 3 <= line.length() ? line.substring(equals + 3).strip() : "";
      entries.put(line.substring(0, equals).strip(), new Entry(value, place));
    } else {
      for (String word : line.split("\\s+", -1)) {
        entries.put(word, new Entry("", place));
      }
    }
  }

  private static BufferedReader open(String resource) throws IOException {
    InputStream stream = LanguageData.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IOException("the resource " + resource + " is missing");
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  /// The entries of a section, in order; empty without one.
  Map<String, Entry> section(String section) {
    return Collections.unmodifiableMap(sections.getOrDefault(section, Map.of()));
  }

  /// The sections whose names begin so, without that.
  Map<String, Map<String, Entry>> sectionsOf(String prefix) {
    Map<String, Map<String, Entry>> found = new LinkedHashMap<>();
    sections.forEach((section, entries) -> {
      if (section.startsWith(prefix)) {
        found.put(section.substring(prefix.length()), entries);
      }
    });
    return found;
  }

  /// The values of a section by their keys, in order.
  Map<String, String> values(String section) {
    Map<String, String> values = new LinkedHashMap<>();
    section(section).forEach((key, entry) -> values.put(key, entry.value()));
    return values;
  }

  /// A setting that every language has.
  String setting(String key) {
    Entry entry = section(SETTINGS).get(key);
    if (entry == null) {
      throw new IllegalStateException(name + ": [settings] has no " + key);
    }
    return entry.value();
  }

  /// A setting that some languages have.
  String setting(String key, String otherwise) {
    Entry entry = section(SETTINGS).get(key);
    return entry == null ? otherwise : entry.value();
  }
}
