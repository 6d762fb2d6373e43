package dev.ttsworker.bench.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.SlackLine;
import dev.ttsworker.bench.report.SlackLine.Point;
import dev.ttsworker.bench.report.TargetReport;
import dev.ttsworker.error.WorkerException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class HtmlReportTest {
  private static Document parsed(BenchReport report) throws Exception {
    byte[] bytes = HtmlReport.text(report).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes));
  }

  private static List<Element> elements(Document page, String tag, String style) {
    NodeList nodes = page.getElementsByTagName(tag);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (List.of(element.getAttribute("class").split(" ")).contains(style)) {
        found.add(element);
      }
    }
    return found;
  }

  private static List<String> texts(Document page, String tag) {
    NodeList nodes = page.getElementsByTagName(tag);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  private static TargetReport target(String name, double... firstAudioMs) {
    return new TargetReport(
        name,
        "127.0.0.1:1",
        "mixed",
        List.of(SampleReport.closed(1, firstAudioMs)),
        List.of(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TargetReport slack(double... secondsAndSlack) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < secondsAndSlack.length; i += 2) {
      points.add(new Point(secondsAndSlack[i], secondsAndSlack[i + 1]));
    }
    return new TargetReport(
        "worker",
        "127.0.0.1:1",
        "mixed",
        List.of(),
        List.of(
            SampleReport.conversation(
                Purpose.CONFIRMATION, 3, 1, new double[] {50}, new SlackLine(2, points))),
        OptionalInt.of(8),
        OptionalDouble.of(16),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void everySectionIsThereOnce() throws Exception {
    Document page = parsed(SampleReport.whole());
    assertEquals(
        List.of("Capacity", "First audio", "Slack", "Barge-in", "Figures"), texts(page, "h2"));
    // Two sets: a capacity each, three first-audio drawings each, barge-in of one server each.
    assertEquals(2 + 6 + 2, elements(page, "figure", "narrow").size());
    // Five servers each, one of which was overloaded too.
    assertEquals(2 * 6, elements(page, "figure", "wide").size());
    assertEquals(1 + 1, elements(page, "p", "problem").size());
    assertEquals(6, page.getElementsByTagName("table").getLength());
    assertTrue(texts(page, "dd").contains("Example CPU, 2 cores"));
    assertTrue(texts(page, "dd").contains("2026-11-24 19:00 UTC"));
  }

  @Test
  void nothingIsFetchedAndNoScriptRuns() {
    String text = HtmlReport.text(SampleReport.whole());
    assertFalse(text.contains("<script"));
    assertFalse(text.contains(" src="));
    assertFalse(text.contains(" href="));
    assertFalse(text.contains("url("));
    assertFalse(text.contains("@import"));
  }

  @Test
  void whatWasNotMeasuredIsNotDrawn() throws Exception {
    Document page = parsed(SampleReport.with());
    assertEquals(List.of("Figures"), texts(page, "h2"));
    assertEquals(0, page.getElementsByTagName("figure").getLength());
  }

  @Test
  void namesAreTextWhateverTheyHold() throws Exception {
    String name =
        "<img src=x onerror=\"alert('1')\">&amp;]]>\u0001\ud800\u0085\uffff é 語 \ud83d\ude00";
    String shown =
        "<img src=x onerror=\"alert('1')\">&amp;]]>\ufffd\ufffd\ufffd\ufffd é 語 \ud83d\ude00";
    Document page = parsed(SampleReport.with(target(name, 10, 20)));
    assertEquals(0, page.getElementsByTagName("img").getLength());
    assertTrue(texts(page, "th").contains(shown), () -> texts(page, "th").toString());
    assertTrue(texts(page, "li").contains(" " + shown), () -> texts(page, "li").toString());
  }

  /// The axis is made for 10 to 1000 ms, and 100 is half-way between them by ratio.
  @Test
  void firstAudioStandsWhereItShould() throws Exception {
    Document page = parsed(SampleReport.with(target("worker", 1000, 10, 100, 1000)));
    double left = Plot.LEFT;
    double right = 440 - Plot.RIGHT;
    double bottom = 270 - Plot.BOTTOM;
    double top = Plot.TOP;
    String expected =
        "M%s %sH%sV%sH%sV%sH%sV%sH%sV%s"
            .formatted(
                Figures.at(left),
                Figures.at(bottom),
                Figures.at(left),
                Figures.at(bottom + (top - bottom) / 4),
                Figures.at((left + right) / 2),
                Figures.at((bottom + top) / 2),
                Figures.at(right),
                Figures.at(bottom + (top - bottom) * 3 / 4),
                Figures.at(right),
                Figures.at(top));
    assertEquals(expected, elements(page, "path", "curve").getFirst().getAttribute("d"));
  }

  @Test
  void manyTimesBecomeFewStepsThatEndAtTheLast() {
    double[] times = new double[10_000];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1 + i;
    }
    Plot plot =
        new Plot(
            200, 100, LogScale.covering(1, 10_000, 0, 100), LinearScale.covering(0, 100, 100, 0));
    String path = FirstAudioCharts.path(plot, SampleReport.closed(1, times).firstAudioSortedMs());
    assertEquals(250, path.chars().filter(letter -> letter == 'V').count());
    assertTrue(path.endsWith("H100.0V0.0"), path);
  }

  @Test
  void underrunsAreRingedAtTheirDeepest() throws Exception {
    Document page =
        parsed(SampleReport.with(slack(0, 1, 4, -0.5, 5, -1, 5, 2, 7, 0, 8, 0, 8, 1, 10, -0.25)));
    List<Element> rings = elements(page, "circle", "underrun");
    assertEquals(
        List.of("stream 2 dry for 1.00 s at 5.00 s", "stream 2 dry for 0.25 s at 10.0 s"),
        rings.stream().map(Element::getTextContent).toList());
    double left = Plot.LEFT;
    double right = 900 - Plot.RIGHT;
    assertEquals(Figures.at((left + right) / 2), rings.getFirst().getAttribute("cx"));
    // The axis goes from -1 to 2.
    double top = Plot.TOP;
    double bottom = 260 - Plot.BOTTOM;
    assertEquals(Figures.at(bottom), rings.getFirst().getAttribute("cy"));
    String zero = Figures.at(bottom + (top - bottom) / 3);
    assertEquals(zero, elements(page, "line", "zero").getFirst().getAttribute("y1"));
  }

  @Test
  void capacityIsComparedWithTheIdeal() throws Exception {
    Document page = parsed(SampleReport.with(slack(0, 1, 10, 1)));
    assertTrue(texts(page, "text").contains("8, 50 % of the ideal"));
    double width =
        Double.parseDouble(elements(page, "rect", "bar").getFirst().getAttribute("width"));
    Element ideal = elements(page, "line", "ideal").getFirst();
    double full = Double.parseDouble(ideal.getAttribute("x1")) - Rows.LEFT;
    assertEquals(full / 2, width, 0.11);
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
