package dev.ttsworker.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ErrorTableTest {
  private static final Pattern ROW = Pattern.compile("^\\| ([A-Z_]+) \\| ([A-Z_]+) \\|.*");

  @Test
  void tableForClientsIsTheEnum() throws IOException {
    List<String> table =
        Files.readAllLines(Path.of("proto/README.md")).stream()
            .map(ROW::matcher)
            .filter(row -> row.matches())
            .map(row -> row.group(1) + " " + row.group(2))
            .sorted()
            .toList();
    List<String> codes =
        Arrays.stream(ErrorCode.values()).map(code -> code + " " + code.kind()).sorted().toList();
    assertEquals(codes, table);
  }
}
