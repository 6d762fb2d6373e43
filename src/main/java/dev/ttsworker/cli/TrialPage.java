package dev.ttsworker.cli;

import dev.ttsworker.cli.VoiceTrial.Clip;
import dev.ttsworker.cli.VoiceTrial.Result;
import dev.ttsworker.codec.FileFormat;
import dev.ttsworker.voicepack.Voicepack;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// Page of a trial: one file with all audio in it, which needs neither a server nor scripts. Every
/// text in it is escaped.
final class TrialPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { border-bottom: 1px solid #ccc; padding: .75rem .5rem; text-align: left; vertical-align: top; }
      dl { display: grid; gap: 0 .75rem; grid-template-columns: max-content 1fr; margin: .25rem 0 0; }
      dt { color: #555; } dd { margin: 0; }
      figure { margin: 0 0 .75rem; } audio { display: block; width: 100%; }
      .failed { color: #a00; }
      """;

  private TrialPage() {}

  /// The whole page.
  ///
  /// @param sizes bytes of the voices' folders, by model id
  static String of(List<Result> results, Sizes sizes, LocalDate today) {
    StringBuilder html =
        new StringBuilder(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy"
             content="default-src 'none'; media-src data:; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width">
            <title>Voices</title>
            <style>
            """);
    html.append(STYLE).append("</style>\n</head>\n<body>\n<h1>Voices</h1>\n<p>");
    html.append(
        escaped(
            "%d voices, %s. Cost: seconds of computing for a second of speech, on this machine."
                .formatted(results.size(), today)));
    html.append(
        "</p>\n<table>\n<tr><th scope=\"col\">Voice</th><th scope=\"col\">Speech</th></tr>\n");
    for (Result result : results) {
      html.append("<tr>\n");
      switch (result) {
        case Result.Spoken spoken -> spoken(html, spoken, sizes);
        case Result.Failed failed -> failed(html, failed);
      }
      html.append("</tr>\n");
    }
    return html.append("</table>\n</body>\n</html>\n").toString();
  }

  /// Sizes of voices on disk.
  interface Sizes {
    /// In bytes; 0 when unknown.
    long of(Voicepack voicepack);
  }

  private static void spoken(StringBuilder html, Result.Spoken spoken, Sizes sizes) {
    Voicepack voicepack = spoken.voicepack();
    html.append("<td><strong>").append(escaped(spoken.id())).append("</strong>\n<dl>\n");
    fact(html, "Language", String.join(", ", voicepack.languages()));
    fact(html, "Quality", voicepack.metadata().getOrDefault("quality", ""));
    fact(html, "Sample rate", spoken.description().sampleRateHz() + " Hz");
    int speakers = spoken.description().speakerCount();
    fact(html, "Speakers", speakers == 1 ? "" : speakers + ", the first is heard");
    fact(html, "Licence", voicepack.metadata().getOrDefault("license", "unknown"));
    fact(html, "Note", voicepack.metadata().getOrDefault("license_note", ""));
    fact(html, "Commercial use", voicepack.metadata().getOrDefault("commercial_use", ""));
    long bytes = sizes.of(voicepack);
    fact(html, "Size", bytes == 0 ? "" : decimal("%.1f MB", bytes / 1e6));
    fact(html, "Cost", decimal("%.3f", spoken.cost()) + " on " + spoken.description().device());
    html.append("</dl></td>\n<td>\n");
    spoken.clips().forEach(clip -> clip(html, clip));
    html.append("</td>\n");
  }

  private static void clip(StringBuilder html, Clip clip) {
    html.append("<figure><figcaption dir=\"auto\">")
        .append(escaped(clip.text()))
        .append("</figcaption><audio controls preload=\"none\" src=\"data:")
        .append(FileFormat.OPUS.mediaType())
        .append(";base64,")
        .append(Base64.getEncoder().encodeToString(clip.audio()))
        .append("\"></audio></figure>\n");
  }

  private static void failed(StringBuilder html, Result.Failed failed) {
    html.append("<td><strong>")
        .append(escaped(failed.id()))
        .append("</strong></td>\n<td class=\"failed\">")
        .append(escaped(failed.reason()))
        .append("</td>\n");
  }

  private static void fact(StringBuilder html, String name, String value) {
    if (!value.isEmpty()) {
      html.append("<dt>").append(escaped(name)).append("</dt><dd>");
      html.append(escaped(value)).append("</dd>\n");
    }
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /// Text as it can stand in an element or in a quoted attribute.
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .filter(c -> c == '\t' || c >= ' ')
        .forEach(c -> {
          switch (c) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(c);
          }
        });
    return safe.toString();
  }
}
