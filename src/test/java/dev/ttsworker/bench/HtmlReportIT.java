package dev.ttsworker.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.Quantiles;
import dev.ttsworker.fixture.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page with a report in a real browser, from a file.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HtmlReportIT {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Path folder = Path.of("");
  private Chromium browser;
  private int files;

  @BeforeAll
  void startChromium(@TempDir Path shared) throws Exception {
    folder = shared;
    assumeTrue(Chromium.find().isPresent(), "Chromium is not installed (Debian: chromium)");
    browser =
        new Chromium(
            Chromium.find().orElseThrow(), Files.createDirectory(folder.resolve("profile")));
    browser.look(1160, 900, "light");
  }

  @AfterAll
  void stopChromium() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void everySectionIsDrawnInLightAndDark() throws Exception {
    BenchReport report = SampleReport.whole();
    open(HtmlReport.text(report));
    List<String> all = List.of("Capacity", "First audio", "Buffered audio", "Barge-in", "Figures");
    assertEquals(all, texts("section:not([hidden]) > h2"));
    // Two sets: a capacity each, three times first audio each, barge-in of one server each.
    assertEquals(2, count("#capacity figure"));
    assertEquals(2 * 3, count("#first-audio figure"));
    // Five servers each, one of which was overloaded too.
    assertEquals(2 * 6, count("#buffered-audio figure.wide"));
    assertEquals(2, count("#barge-in figure"));
    assertEquals(6, count("table"));
    assertEquals(
        List.of(
            "wyoming-piper, mixed sentences: has no barge-in",
            "wyoming-piper, short sentences: has no barge-in"),
        texts("#problems p"));
    assertTrue(texts("dd").contains("Example CPU, 2 cores"));
    assertTrue(texts("dd").contains("2026-11-24 19:00 UTC"));
    assertEquals("Speech benchmark, 2026-11-24 19:00 UTC", value("document.title").stringValue());
    String light = colours();
    browser.look(390, 900, "dark");
    assertNotEquals(light, colours());
    assertEquals(List.of(), browser.problems());
    browser.look(1160, 900, "light");
  }

  /// Background, text, the first curve.
  private String colours() throws InterruptedException {
    return value(
            """
            [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color,
             getComputedStyle(document.querySelector('#first-audio path.curve')).stroke].join()
            """)
        .stringValue();
  }

  @Test
  void tablesHoldTheNumbersOfTheReport() throws Exception {
    BenchReport report = SampleReport.whole();
    open(HtmlReport.text(report));
    Quantiles first = report.targets().getFirst().closed().getFirst().firstAudioMs();
    String p50 = digits(first.p50());
    String p99 = digits(first.p99());
    assertEquals(
        List.of(
            "worker",
            "1",
            p50,
            digits(first.p90()),
            p99,
            p50,
            p99,
            p99,
            "14.2",
            "0.114",
            "393",
            "2.50",
            "400",
            "0",
            "0"),
        row("mixed sentences, one after the other on each stream", 0));
    List<String> overload = row("mixed sentences, conversations", 3);
    assertEquals(
        List.of("worker", "twice what it holds", "24", "no", "5", "1.50"), overload.subList(0, 6));
    assertEquals(
        List.of("200", "0", "0", "–", "9.30", "0.114", "393", "2.50"), overload.subList(8, 16));
    Quantiles stop = report.targets().getFirst().bargeIn().orElseThrow().controlMs();
    assertEquals(
        List.of("worker", "mixed", "0", "0", "0", digits(stop.p99())),
        row("The load that was interrupted", 0).subList(0, 6));
    assertEquals(List.of("worker", "mixed", "11", "STOP", "80"), row("Barge-in", 0).subList(0, 5));
    assertEquals(List.of(), browser.problems());
  }

  /// The cells of one row of the table with a caption.
  private List<String> row(String caption, int index) throws InterruptedException {
    return strings(
        "[...[...document.querySelectorAll('table')].find(t => t.caption.textContent === "
            + JSON.writeValueAsString(caption)
            + ").tBodies[0].rows["
            + index
            + "].cells].map(c => c.textContent)");
  }

  private String digits(double number) throws InterruptedException {
    return value("digits(" + number + ")").stringValue();
  }

  @Test
  void numbersHaveThreeDigits() throws Exception {
    open(HtmlReport.page());
    assertEquals(
        List.of("0.00", "0.12", "9.99", "10.0", "99.9", "100", "12345", "–", "–"),
        strings("[0, 0.123, 9.99, 9.996, 99.94, 99.96, 12345, null, 'NaN'].map(digits)"));
  }

  /// The axis is made for 10 to 1000 ms, and 100 is half-way between them by ratio.
  @Test
  void firstAudioStandsWhereItShould() throws Exception {
    open(
        HtmlReport.text(SampleReport.with(SampleReport.closedOnly("worker", 1000, 10, 100, 1000))));
    // 46 to 426 across, 230 up to 10.
    assertEquals(
        "M46.0 230.0H46.0V175.0H236.0V120.0H426.0V65.0H426.0V10.0",
        attribute("#first-audio path.curve", "d"));
    assertEquals(
        List.of("10", "20", "50", "100", "200", "500", "1000", "0", "20", "40"),
        texts("#first-audio text").subList(0, 10));
  }

  @Test
  void manyTimesBecomeFewStepsThatEndAtTheLast() throws Exception {
    open(HtmlReport.page());
    String path =
        value(
                "steps(Array.from({length: 10000}, (_, i) => i + 1),"
                    + " logScale(1, 10000, 0, 100).position, linearScale(0, 100, 100, 0).position)")
            .stringValue();
    assertEquals(250, path.chars().filter(letter -> letter == 'V').count());
    assertTrue(path.endsWith("H100.0V0.0"), path);
  }

  @Test
  void axesBeginAndEndAtRoundNumbers() throws Exception {
    open(HtmlReport.page());
    Map<String, String> expected =
        Map.of(
            "linearScale(0, 100, 0, 1)", "0 20 40 60 80 100",
            "linearScale(0, 16.2, 0, 1)", "0 2 4 6 8 10 12 14 16 18",
            "linearScale(-0.16, 2, 0, 1)", "-0.5 0.0 0.5 1.0 1.5 2.0",
            "linearScale(3, 3, 0, 1)", "3.0 3.2 3.4 3.6 3.8 4.0",
            "linearScale(0, 0.01, 0, 1)", "0.000 0.002 0.004 0.006 0.008 0.010",
            "logScale(31, 880, 0, 1)", "20 50 100 200 500 1000",
            "logScale(0.1, 50, 0, 1)", "0.1 0.2 0.5 1 2 5 10 20 50",
            "logScale(7, 7, 0, 1)", "5 10",
            "logScale(5, 5, 0, 1)", "5 10",
            "logScale(0.1, 1000, 0, 1)", "0.1   1   10   100   1000");
    for (Map.Entry<String, String> one : expected.entrySet()) {
      String labels = one.getKey() + ".ticks.map(tick => tick.label).join(' ')";
      assertEquals(one.getValue(), value(labels).stringValue(), one.getKey());
    }
    // What lies beyond an end is drawn there.
    assertEquals(
        List.of("300", "200", "100", "300", "100"),
        strings(
            "[1, 10, 100, 0, 5000].map(v => logScale(1, 100, 300, 100).position(v).toFixed(0))"));
  }

  @Test
  void underrunsAreRingedAtTheirDeepest() throws Exception {
    open(
        HtmlReport.text(
            SampleReport.with(
                SampleReport.buffered(0, 1, 4, -0.5, 5, -1, 5, 2, 7, 0, 8, 0, 8, 1, 10, -0.25))));
    assertEquals(
        List.of("stream 2: underrun of 1.00 s at 5.00 s", "stream 2: underrun of 0.25 s at 10.0 s"),
        texts("circle.underrun"));
    // 46 to 886 across; the axis goes from -1 s at 220 up to 2 s at 10.
    assertEquals("466.0", attribute("circle.underrun", "cx"));
    assertEquals("220.0", attribute("circle.underrun", "cy"));
    assertEquals("150.0", attribute("line.zero", "y1"));
  }

  @Test
  void capacityIsComparedWithTheIdeal() throws Exception {
    open(HtmlReport.text(SampleReport.with(SampleReport.buffered(0, 1, 10, 1))));
    assertTrue(texts("#capacity text").contains("8, 50 % of the ideal"));
    assertEquals(List.of("ideal: 16.0"), texts("#capacity li"));
    // From 8 to 428 across for 0 to 16 conversations.
    assertEquals("210.0", attribute("#capacity rect.bar", "width"));
    assertEquals("428.0", attribute("#capacity line.reference", "x1"));
  }

  @Test
  void bargeInIsDrawnBesideItsBound() throws Exception {
    BenchReport report = SampleReport.whole();
    open(HtmlReport.text(report));
    double p50 =
        report
            .targets()
            .getFirst()
            .bargeIn()
            .orElseThrow()
            .interruptions()
            .getFirst()
            .lastFrameMs()
            .p50();
    // Three decades less 0.3 of one: 0.1 to 50 ms from 8 to 428.
    double decades = Math.log10(500);
    double expected = 8 + 420 * Math.log10(p50 / 0.1) / decades;
    assertEquals(expected, Double.parseDouble(attribute("#barge-in circle.dot", "cx")), 0.051);
    double bound = 8 + 420 * Math.log10(200) / decades;
    assertEquals(bound, Double.parseDouble(attribute("#barge-in line.reference", "x1")), 0.051);
    assertTrue(
        texts("#barge-in text").contains("STOP to silence")
            && texts("#barge-in text").contains("GetCapabilities to answer"));
  }

  @Test
  void namesAreTextWhateverTheyHold() throws Exception {
    String name = "</script><img src=x onerror=alert(1)><script>alert('1')</script>&amp; é 語";
    open(HtmlReport.text(SampleReport.with(SampleReport.closedOnly(name, 10, 20))));
    assertEquals(0, count("img"));
    assertEquals(2, count("script"));
    assertEquals(name, texts("tbody th").getFirst());
    assertEquals(name, texts("#first-audio li").getFirst());
    assertEquals(name + " at 127.0.0.1:1", texts("dd").getLast());
    assertEquals(List.of(), browser.problems());
  }

  @Test
  void whatWasNotMeasuredIsNotDrawn() throws Exception {
    open(HtmlReport.text(SampleReport.with()));
    assertEquals(List.of(), texts("section:not([hidden]) > h2"));
    assertEquals(0, count("figure") + count("table"));
    assertEquals(List.of(), browser.problems());
  }

  @Test
  void pageAloneShowsReportsThatAreChosenOrDropped() throws Exception {
    open(HtmlReport.page());
    assertEquals(List.of(), texts("section:not([hidden]) > h2"));
    hand("chosen.json", report("first", 9_007_199_254_740_993L), true);
    assertEquals("first", texts("tbody th").getFirst());
    // More digits than a number of JavaScript has.
    assertTrue(texts("dd").contains("60 s, seed 9007199254740993"), texts("dd")::toString);
    hand("broken.json", "{\"targets\": [", false);
    String problem = texts("#unreadable").getFirst();
    assertTrue(problem.startsWith("broken.json cannot be shown: "), problem);
    hand("other.json", "{\"closed\": []}", true);
    assertEquals(
        "other.json cannot be shown: this is no report of tts-worker bench: it has no \"targets\"",
        texts("#unreadable").getFirst());
    assertEquals("first", texts("tbody th").getFirst());
    hand("dropped.json", report("second", 1), false);
    assertEquals(List.of("second"), texts("tbody th"));
    assertEquals("", texts("#unreadable").getFirst());
    assertEquals(List.of(), browser.problems());
  }

  private static String report(String name, long seed) {
    BenchReport sample = SampleReport.with(SampleReport.closedOnly(name, 10));
    BenchReport.Settings settings = sample.settings();
    return JSON.writeValueAsString(
        new BenchReport(
            sample.startedAt(),
            sample.machine(),
            new BenchReport.Settings(
                settings.loads(),
                settings.sentenceSets(),
                settings.streams(),
                settings.secondsPerRun(),
                seed),
            sample.targets()));
  }

  /// Chooses or drops a file, and waits until the page has read it.
  private void hand(String name, String content, boolean chosen) throws InterruptedException {
    browser.evaluate(
        "window.files = new DataTransfer(); files.items.add(new File(["
            + JSON.writeValueAsString(content)
            + "], '"
            + name
            + "')); window.before = document.querySelector('main').innerHTML"
            + " + document.getElementById('unreadable').textContent");
    browser.evaluate(
        chosen
            ? "document.getElementById('file').files = files.files;"
                + "document.getElementById('file').dispatchEvent(new Event('change'))"
            : "document.dispatchEvent(new DragEvent('drop', {dataTransfer: files, cancelable: true}))");
    browser.await(
        "before !== document.querySelector('main').innerHTML"
            + " + document.getElementById('unreadable').textContent");
  }

  /// Opens a page from a file of its own, so that an earlier one is never taken for it.
  private void open(String page) throws IOException, InterruptedException {
    Path file = folder.resolve("report-" + ++files + ".html");
    Files.writeString(file, page);
    browser.open(file.toUri().toString());
    browser.await(
        "location.pathname.endsWith('"
            + file.getFileName()
            + "') && document.readyState === 'complete'");
  }

  private JsonNode value(String script) throws InterruptedException {
    return browser.evaluate(script);
  }

  private List<String> strings(String script) throws InterruptedException {
    return value(script).valueStream().map(JsonNode::stringValue).toList();
  }

  private List<String> texts(String selector) throws InterruptedException {
    return strings(all(selector) + ".map(e => e.textContent)");
  }

  private int count(String selector) throws InterruptedException {
    return value(all(selector) + ".length").intValue();
  }

  private String attribute(String selector, String name) throws InterruptedException {
    return value(all(selector) + "[0].getAttribute('" + name + "')").stringValue();
  }

  private static String all(String selector) {
    return "[...document.querySelectorAll('" + selector + "')]";
  }
}
