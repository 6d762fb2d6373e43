package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.WebClient;
import dev.ttsworker.health.Readiness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Phrases that are said again, over the wire.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PhraseCacheIT {
  private static final String GREETING = "Good morning, dear listener.";

  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker =
        TestWorker.start(
                folder,
                "synthesis: {phrase_cache_mb: 4, phrase_cache_max_chars: 40}",
                "metrics: {enabled: true, prometheus_port: 0}")
            .await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void phraseIsHeardFromItsFirstTake() throws Exception {
    worker.session("any", "", Map.of("speed", "1.1"));
    double before = metric("tts_phrase_cache_hits_total");
    byte[] first = worker.say("any", GREETING);
    assertEquals(before, metric("tts_phrase_cache_hits_total"));
    assertArrayEquals(first, worker.say("any", GREETING));
    assertEquals(before + 1, metric("tts_phrase_cache_hits_total"));
    assertTrue(metric("tts_phrase_cache_bytes") > 10_000);
  }

  @Test
  void sessionThatAsksHearsEverythingAnew() throws Exception {
    worker.session("anew", "", Map.of("cache", "off"));
    assertFalse(Arrays.equals(worker.say("anew", GREETING), worker.say("anew", GREETING)));
  }

  @Test
  void seedDecidesWithTheCacheAsWithout() throws Exception {
    worker.session("without", "", Map.of("seed", "7", "cache", "off"));
    byte[] expected = worker.say("without", GREETING + " " + GREETING);
    worker.session("with", "", Map.of("seed", "7"));
    for (int round = 0; round < 3; round++) {
      assertArrayEquals(expected, worker.say("with", GREETING + " " + GREETING));
    }
    worker.session("other", "", Map.of("seed", "8"));
    assertFalse(Arrays.equals(expected, worker.say("other", GREETING + " " + GREETING)));
  }

  @Test
  void longTextsAreNotKept() throws Exception {
    worker.session("long", "", Map.of());
    double before = metric("tts_phrase_cache_misses_total");
    byte[] _ = worker.say("long", "This one is said once, and then once more, but it is too long.");
    assertEquals(before, metric("tts_phrase_cache_misses_total"));
  }

  private static double metric(String name) throws Exception {
    return new WebClient(worker)
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
