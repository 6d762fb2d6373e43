package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.BenchReport.Machine;
import dev.ttsworker.bench.report.BenchReport.Settings;
import dev.ttsworker.bench.report.TargetReport;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// A report as one HTML file, for any browser: drawings as SVG within, no scripts, nothing fetched.
public final class HtmlReport {
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HtmlReport() {}

  /// Writes the report to `file`, in place of what was there.
  ///
  /// @throws WorkerException `INTERNAL` when the file cannot be written
  public static void write(BenchReport report, Path file) {
    try {
      Files.writeString(file, text(report));
    } catch (IOException e) {
      throw new WorkerException(ErrorCode.INTERNAL, file + " cannot be written: " + e, e);
    }
  }

  /// The document, which is well-formed XML too.
  static String text(BenchReport report) {
    Markup page = new Markup();
    Palette palette = new Palette();
    page.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
    head(page, report);
    page.open("body").open("header").element("h1", "Speech benchmark");
    facts(page, report);
    page.close();
    problems(page, report);
    CapacityCharts.write(page, report, palette);
    FirstAudioCharts.write(page, report, palette);
    SlackCharts.write(page, report);
    BargeInCharts.write(page, report, palette);
    ResultTables.write(page, report);
    page.close().close();
    return "<!DOCTYPE html>\n" + page + "\n";
  }

  private static void head(Markup page, BenchReport report) {
    page.open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'");
    page.element("title", "Speech benchmark, " + WHEN.format(report.startedAt()));
    page.element("style", Style.CSS).close();
  }

  private static void facts(Markup page, BenchReport report) {
    Machine machine = report.machine();
    Settings settings = report.settings();
    page.open("dl");
    fact(page, "Started", WHEN.format(report.startedAt()));
    fact(page, "Machine", machine.processor() + ", " + machine.cores() + " cores");
    fact(page, "System", machine.system() + ", Java " + machine.java());
    if (machine.loadAverage() >= 0) {
      fact(page, "Load before the start", Figures.shortly(machine.loadAverage()));
    }
    fact(page, "Loads", String.join(", ", settings.loads()));
    fact(page, "Sentences", String.join(", ", settings.sentenceSets()));
    fact(
        page,
        "Streams",
        String.join(", ", settings.streams().stream().map(String::valueOf).toList()));
    fact(page, "Each run", settings.secondsPerRun() + " s, seed " + settings.seed());
    page.element("dt", "Servers");
    servers(report).forEach(server -> page.element("dd", server));
    page.close();
  }

  private static List<String> servers(BenchReport report) {
    return report.targets().stream()
        .map(target -> target.name() + " at " + target.address())
        .distinct()
        .toList();
  }

  private static void fact(Markup page, String name, String value) {
    page.element("dt", name).element("dd", value);
  }

  private static void problems(Markup page, BenchReport report) {
    for (TargetReport target : report.targets()) {
      target
          .problem()
          .ifPresent(problem ->
              page.element(
                  "p",
                  target.name() + ", " + target.sentenceSet() + " sentences: " + problem,
                  "class",
                  "problem"));
    }
  }
}
