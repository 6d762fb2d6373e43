package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.Chromium;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.WebClient;
import dev.ttsworker.health.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The page in a real browser. Pictures of it are left in `target/`.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class PageIT {
  private static final String FRESH_TEXT = "document.getElementById('text').select()";
  private static final Path PICTURES = TestWorker.PROJECT.resolve("target");

  /// For each column of the canvas how many of its dots are drawn.
  private static final String HEIGHTS =
      """
      (() => {
        const wave = document.getElementById('wave');
        const dots = wave.getContext('2d').getImageData(0, 0, wave.width, wave.height).data;
        const heights = [];
        for (let x = 0; x < wave.width; x++) {
          let height = 0;
          for (let y = 0; y < wave.height; y++) height += dots[4 * (y * wave.width + x) + 3] > 0;
          heights.push(height);
        }
        return heights;
      })()
      """;

  @TempDir Path folder;
  private Path program = Path.of("");

  @BeforeEach
  void findChromium() {
    assumeTrue(Chromium.find().isPresent(), "Chromium is not installed (Debian: chromium)");
    program = Chromium.find().orElseThrow();
  }

  @Test
  void sentenceIsTypedHeardAndSeen() throws Exception {
    try (TestWorker worker = serving();
        Chromium browser = browse(worker)) {
      assertEquals(List.of("mock-440hz", "piper-tiny", "piper-tiny-speakers"), voices(browser));
      assertTrue(tallest(browser) < 10, "the canvas is drawn on before anything was spoken");
      browser.evaluate(FRESH_TEXT);
      browser.type("Good morning. This is spoken in a browser.");
      browser.await("document.getElementById('first').textContent.endsWith(' ms')");
      browser.await("!document.getElementById('go').disabled");
      assertEquals("", text(browser, "problem"));
      assertTrue(Double.parseDouble(text(browser, "length").replace(" s", "")) > 0.2);
      assertTrue(tallest(browser) > 20, "no waveform is drawn");
      browser.await("document.querySelectorAll('.bar.some').length > 0");
      browser.look(1100, 1000, "light");
      browser.screenshot(PICTURES.resolve("page-light.png"));
      browser.look(390, 1500, "dark");
      browser.screenshot(PICTURES.resolve("page-dark.png"));
      assertEquals(List.of(), browser.problems());
      String own = "http://" + new WebClient(worker).authority() + "/";
      assertTrue(browser.requests().contains(own + "speak"));
      assertTrue(
          browser.requests().stream().allMatch(address -> address.startsWith(own)),
          browser.requests()::toString);
    }
  }

  /// Voices that are installed can be listened to; the others are listed with what they are.
  @Test
  void voicesAreListedAndListenedTo() throws Exception {
    try (TestWorker worker = serving();
        Chromium browser = browse(worker)) {
      browser.await("document.querySelectorAll('#installable tr').length > 170");
      String all = text(browser, "installable-note");
      browser.evaluate(
          "document.getElementById('language').value = 'de-DE';"
              + "document.getElementById('language').dispatchEvent(new Event('change'))");
      browser.await("document.querySelectorAll('#installable tr').length < 30");
      assertNotEquals(all, text(browser, "installable-note"));
      assertTrue(
          browser
              .evaluate(
                  "[...document.querySelectorAll('#installable tr')]"
                      + ".every(row => row.cells[0].textContent.startsWith('piper-de-de-'))")
              .booleanValue());
      browser.evaluate(
          "document.querySelector('#models [aria-label=\"Listen to piper-tiny\"]').click()");
      browser.await("document.getElementById('first').textContent.endsWith(' ms')");
      assertEquals("", text(browser, "problem"));
      assertEquals(
          "piper-tiny", browser.evaluate("document.getElementById('voice').value").stringValue());
      assertEquals(List.of(), browser.problems());
    }
  }

  @Test
  void refusalIsShownAndStopStops() throws Exception {
    try (TestWorker worker = serving("synthesis: {max_lead_ms: 100}");
        Chromium browser = browse(worker)) {
      browser.evaluate(
          "document.getElementById('voice').append(new Option('x', 'piper-nowhere', true, true));"
              + FRESH_TEXT);
      browser.type("Hello.");
      browser.await("document.getElementById('problem').textContent !== ''");
      String problem = text(browser, "problem");
      assertTrue(problem.startsWith("Model not found: piper-nowhere"), problem);
      browser.evaluate("document.getElementById('voice').value = '';" + FRESH_TEXT);
      browser.type("Hello, this takes a while. ".repeat(30).strip());
      browser.await("document.getElementById('running').textContent === '1'");
      browser.evaluate("document.getElementById('stop').click()");
      worker.awaitStreams(0);
      browser.await("document.getElementById('running').textContent === '0'");
      assertEquals("", text(browser, "problem"));
    }
  }

  @Test
  void stateFollowsTheWorker() throws Exception {
    try (TestWorker worker = serving();
        Chromium browser = browse(worker)) {
      worker.worker.close();
      browser.await("document.getElementById('state').textContent === 'NOT REACHABLE'");
      assertEquals("NOT REACHABLE", text(browser, "state"));
    }
  }

  private TestWorker serving(String... lines) throws Exception {
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "metrics: {host: 127.0.0.1, prometheus_port: 0}";
    return TestWorker.start(folder, all).await(Readiness.State.SERVING);
  }

  private Chromium browse(TestWorker worker) throws Exception {
    Chromium browser = new Chromium(program, Files.createTempDirectory(folder, "profile"));
    browser.look(1100, 1000, "light");
    browser.open("http://" + new WebClient(worker).authority() + "/");
    browser.await("document.getElementById('state')?.textContent === 'SERVING'");
    return browser;
  }

  private static String text(Chromium browser, String id) throws InterruptedException {
    return browser.evaluate("document.getElementById('" + id + "').textContent").stringValue();
  }

  private static List<String> voices(Chromium browser) throws InterruptedException {
    return browser
        .evaluate("[...document.getElementById('voice').options].slice(1).map(o => o.value)")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  private static int tallest(Chromium browser) throws InterruptedException {
    return browser.evaluate(HEIGHTS).valueStream().mapToInt(JsonNode::intValue).max().orElse(0);
  }
}
