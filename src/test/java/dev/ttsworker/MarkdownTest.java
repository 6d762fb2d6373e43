package dev.ttsworker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Markdown files have lines that a diff can show.
final class MarkdownTest {
  private static final int LONGEST_LINE = 120;

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of(".", "docs", "docs/decisions", "proto", "voicepacks")) {
      try (Stream<Path> all = Files.list(Path.of(folder))) {
        all.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  @Test
  void linesOfProseAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : files()) {
      boolean code = false;
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        code ^= line.strip().startsWith("```");
        boolean table = line.strip().startsWith("|");
        if (!code && !table && line.codePointCount(0, line.length()) > LONGEST_LINE) {
          tooLong.add(file + ":" + (i + 1));
        }
      }
    }
    assertEquals(List.of(), tooLong, "longer than " + LONGEST_LINE);
  }
}
