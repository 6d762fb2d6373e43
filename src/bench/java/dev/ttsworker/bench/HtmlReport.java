package dev.ttsworker.bench;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a report as one HTML page for any browser. The page is a resource whose script draws the
/// JSON of a report, which it holds itself; nothing is fetched.
final class HtmlReport {
  private static final String PAGE = "/dev/ttsworker/bench/report.html";

  /// The element that the page reads its report from, as it stands in the resource.
  static final String NO_REPORT = element("null");

  private HtmlReport() {}

  /// Replaces `file`.
  ///
  /// @throws WorkerException `INTERNAL` when it cannot be written
  static void write(BenchReport report, Path file) {
    try {
      Files.writeString(file, text(report));
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, file + " cannot be written: " + e, e);
    }
  }

  /// The page with `report` in it.
  static String text(BenchReport report) {
    // In JSON `<` stands in strings only. Without one, nothing in a report ends its element.
    String json = JsonReport.ascii(report).replace("<", "\\u003c");
    return page().replace(NO_REPORT, element(json));
  }

  /// The page without a report.
  static String page() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(PAGE)) {
      if (in == null) {
        throw new FileNotFoundException(PAGE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String element(String json) {
    return "<script type=\"application/json\" id=\"report\">" + json + "</script>";
  }
}
