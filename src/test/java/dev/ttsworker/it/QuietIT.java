package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.WordTiming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Callers who stop in mid-sentence, against a real worker with the tiny voice.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QuietIT {
  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder, "text: {max_wait_ms: 50}").await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void sentenceWithoutAnEndIsHeardAndGoesOn() throws Exception {
    worker.session("quiet", "", Map.of("normalize", "off"));
    SpokenCall call = worker.call();
    List<WordTiming> words = new ArrayList<>();
    call.send("quiet", "🙂 The weather is");
    hearUntil("is", call, words);
    call.send("quiet", " nice, says Dr");
    hearUntil("Dr", call, words);
    call.sendFinal("quiet", ". Smith");
    List<AudioFrame> rest = call.frames();
    assertTrue(rest.getLast().getIsFinal());
    rest.forEach(frame -> words.addAll(frame.getWordsList()));
    assertEquals(
        List.of("🙂 0", "The 2", "weather 6", "is 14", "nice 17", "says 23", "Dr 28", "Smith 32"),
        words.stream().map(word -> word.getText() + " " + word.getSourceStart()).toList());
  }

  @Test
  void toneWaitsForNothing() throws Exception {
    worker.session("tone", "mock", Map.of());
    SpokenCall call = worker.call();
    call.send("tone", "one");
    assertTrue(call.next().isPresent());
    call.sendFinal("tone", " two");
    assertTrue(call.frames().getLast().getIsFinal());
  }

  private static void hearUntil(String last, SpokenCall call, List<WordTiming> words)
      throws InterruptedException {
    while (words.isEmpty() || !words.getLast().getText().equals(last)) {
      words.addAll(call.next().orElseThrow().getWordsList());
    }
  }
}
