package dev.ttsworker.bench;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes a report for programs: the records as they stand, `null` for what could not be told.
public final class JsonReport {
  private JsonReport() {}

  /// Replaces `file`.
  ///
  /// @throws WorkerException when it cannot be written
  public static void write(BenchReport report, Path file) {
    writeRecord(report, file);
  }

  /// As [#write(BenchReport, Path)].
  static void write(SimulationReport report, Path file) {
    writeRecord(report, file);
  }

  private static void writeRecord(Record report, Path file) {
    try {
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValue(file, report);
    } catch (JacksonException e) {
      throw new WorkerException(
          ErrorCode.INTERNAL, file + " cannot be written: " + e.getOriginalMessage(), e);
    }
  }

  /// The same JSON on one line, with an escape sequence for each character that is not ASCII, so
  /// that half a surrogate pair in a server's message can be written too.
  static String ascii(BenchReport report) {
    return JsonMapper.builder()
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .build()
        .writeValueAsString(report);
  }
}
