package dev.ttsworker.engine.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reader of sectioned word-list resources: a heading in brackets, then lines. Empty lines and
/// lines that begin with `#` are ignored.
final class Sections {
  private Sections() {}

  /// The lines of each section by its heading, brackets included.
  ///
  /// @param resource of this package
  static Map<String, List<String>> read(String resource) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    try (BufferedReader lines = open(resource)) {
      List<String> section = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          section = sections.computeIfAbsent(line.strip(), _ -> new ArrayList<>());
        } else if (!line.startsWith("#") && !line.isBlank()) {
          section.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + resource, e);
    }
    return sections;
  }

  private static BufferedReader open(String resource) throws IOException {
    InputStream stream = Sections.class.getResourceAsStream(resource);
    if (stream == null) {
      throw new IOException("the resource " + resource + " is missing");
    }
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
