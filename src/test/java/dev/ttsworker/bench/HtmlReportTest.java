package dev.ttsworker.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.error.WorkerException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class HtmlReportTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Test
  void pageHasOnePlaceForTheReport() {
    String page = HtmlReport.page();
    int place = page.indexOf(HtmlReport.NO_REPORT);
    assertTrue(place > 0);
    assertEquals(place, page.lastIndexOf(HtmlReport.NO_REPORT));
    // The script reads the element, so it must come after it.
    assertEquals(place, page.indexOf("<script"));
  }

  @Test
  void nothingIsFetched() {
    String page = HtmlReport.page();
    for (String fetching : new String[] {" src=", " href=", "url(", "@import", "fetch(", "://"}) {
      String rest = page.replace("http://www.w3.org/2000/svg", "");
      assertFalse(rest.contains(fetching), fetching);
    }
    assertTrue(page.contains("default-src 'none'"));
  }

  @Test
  void pageHoldsTheWholeReport() {
    BenchReport report = SampleReport.whole();
    assertEquals(JSON.readTree(JSON.writeValueAsString(report)), JSON.readTree(embedded(report)));
  }

  /// Each of them would end the element, or change how HTML reads it, or cannot be encoded.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "</SCRIPT ",
        "<!--<script>",
        "<script type=\"application/json\" id=\"report\">null</script>",
        "&lt;/script&gt; &amp; \" ' \\ $1 $& \u0000 \u001f",
        "\u2028 \u2029 \u00e9 \u8a9e \ud83d\ude00 \ufeff",
        "half a pair: \ud800"
      })
  void namesStayWhatTheyAre(String name) {
    BenchReport report = SampleReport.with(SampleReport.closedOnly(name, 10, 20));
    String json = embedded(report);
    assertFalse(json.contains("<"), json);
    assertTrue(json.chars().allMatch(unit -> unit >= ' ' && unit < 0x7f), json);
    assertEquals(name, JSON.readTree(json).at("/targets/0/name").stringValue());
  }

  /// What stands between the parts of the page that the resource has around its place.
  private static String embedded(BenchReport report) {
    String text = HtmlReport.text(report);
    String page = HtmlReport.page();
    int place = page.indexOf("null</script>");
    String head = page.substring(0, place);
    String tail = page.substring(place + "null".length());
    assertTrue(text.startsWith(head) && text.endsWith(tail), text);
    return text.substring(head.length(), text.length() - tail.length());
  }

  @Test
  void writesAFileAndSaysWhichCannotBeWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("report.html");
    HtmlReport.write(SampleReport.whole(), file);
    assertEquals(HtmlReport.text(SampleReport.whole()), Files.readString(file));
    Path nowhere = folder.resolve("no/report.html");
    WorkerException failure =
        assertThrows(WorkerException.class, () -> HtmlReport.write(SampleReport.whole(), nowhere));
    assertTrue(failure.getMessage().startsWith(nowhere + " cannot be written"));
  }
}
