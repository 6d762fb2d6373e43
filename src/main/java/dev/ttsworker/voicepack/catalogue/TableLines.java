package dev.ttsworker.voicepack.catalogue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Table of text: lines with fields between tabulators; empty lines and those that begin with `#`
/// are left out.
final class TableLines {
  /// Largest file that is read, in bytes.
  static final int MAX_BYTES = 4 << 20;

  private static final int MAX_SHOWN_CHARS = 80;

  private TableLines() {}

  /// Line of a table.
  ///
  /// @param file for messages
  /// @param number from 1
  record Line(String file, int number, String text) {
    /// The fields.
    ///
    /// @throws WorkerException `INVALID_CONFIGURATION` when they are fewer or more
    List<String> fields(int least, int most) {
      List<String> fields = List.of(text.split("\t", -1));
      if (fields.size() < least || fields.size() > most) {
        throw invalid("fields", Integer.toString(fields.size()), least + ".." + most);
      }
      return fields;
    }

    WorkerException invalid(String field, String value, String allowed) {
      return new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "%s, line %d: %s: %s; allowed: %s"
              .formatted(
                  file, number, field, Printable.printable(value, MAX_SHOWN_CHARS), allowed));
    }
  }

  /// A table that came with the worker.
  static List<Line> resource(String name) {
    try (InputStream input = TableLines.class.getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return lines(name, input.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("resource " + name, e);
    }
  }

  /// A table on disk.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION` when it cannot be read
  static List<Line> read(Path file) {
    String name = Printable.shortName(file);
    try {
      return lines(name, SmallFile.read(file, MAX_BYTES));
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION, name + ": " + SmallFile.reason(e), e);
    }
  }

  private static List<Line> lines(String name, byte[] content) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        lines.add(new Line(name, number, line));
      }
    }
    return lines;
  }
}
