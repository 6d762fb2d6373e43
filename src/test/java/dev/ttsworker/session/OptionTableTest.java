package dev.ttsworker.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table "Session options" of proto/README.md says what [OptionReader] takes.
final class OptionTableTest {
  private static final Pattern RANGE = Pattern.compile("(-?[\\d.]+) to (-?[\\d.]+)");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final Map<String, List<String>> EXAMPLES =
      Map.of(
          "language", List.of("en", "en-US"),
          "lexicon", List.of("GIF=/dʒɪf/; nginx=engine x"),
          "seed", List.of("7", "-9223372036854775808"),
          "speaker", List.of("0", "1", "second"));

  /// A row of the table.
  record Row(String name, String values, String byDefault) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("proto/README.md"));
    return lines.subList(lines.indexOf("### Session options"), lines.indexOf("## Frames")).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|"))
        .map(cells -> new Row(words(cells[1]).getFirst(), cells[2].strip(), cells[3].strip()));
  }

  private static List<String> words(String cell) {
    return WORD.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static SessionOptions read(Map<String, String> options) {
    VoiceDescription voice =
        new VoiceDescription(
            "v",
            "piper",
            22_050,
            List.of("en-US", "en"),
            Map.of("first", 0, "second", 1),
            2,
            VoiceDescription.Input.SENTENCE,
            "cpu",
            true);
    TextOptions style = new TextOptions(true, false, true, Lexicon.EMPTY);
    return OptionReader.read(options, voice, Duration.ofSeconds(5), style);
  }

  @Test
  void hasEveryOptionThatIsRead() throws IOException {
    WorkerException unknown =
        assertThrows(WorkerException.class, () -> read(Map.of("no such", "x")));
    String names = String.join(", ", rows().map(Row::name).toList());
    assertTrue(String.valueOf(unknown.getMessage()).endsWith("; allowed: " + names), names);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsAllowed(Row row) {
    List<MatchResult> range = RANGE.matcher(row.values()).results().toList();
    if (EXAMPLES.containsKey(row.name())) {
      EXAMPLES
          .get(row.name())
          .forEach(value -> assertDoesNotThrow(() -> read(Map.of(row.name(), value))));
    } else if (range.isEmpty()) {
      words(row.values())
          .forEach(value -> assertDoesNotThrow(() -> read(Map.of(row.name(), value))));
      assertRefused(row, "maybe");
    } else {
      String least = range.getFirst().group(1);
      String most = range.getFirst().group(2);
      assertDoesNotThrow(() -> read(Map.of(row.name(), least)));
      assertDoesNotThrow(() -> read(Map.of(row.name(), most)));
      boolean whole = row.name().endsWith("_ms");
      assertRefused(row, whole ? "99" : Double.toString(Double.parseDouble(least) - 0.01));
      assertRefused(row, whole ? "600001" : Double.toString(Double.parseDouble(most) + 0.01));
    }
  }

  private static void assertRefused(Row row, String value) {
    WorkerException refused =
        assertThrows(WorkerException.class, () -> read(Map.of(row.name(), value)));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("options." + row.name() + " is \"" + value + "\""), message);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsTakenByDefault(Row row) {
    List<String> word = words(row.byDefault());
    boolean number = row.byDefault().matches("-?[\\d.]+") && !row.name().equals("speaker");
    if (number || !word.isEmpty()) {
      String value = number ? row.byDefault() : word.getFirst();
      assertEquals(read(Map.of()), read(Map.of(row.name(), value)));
    } else {
      assertTrue(
          List.of("language", "lexicon", "noise_scale", "noise_w", "seed", "speaker")
              .contains(row.name()),
          row.name());
    }
  }
}
