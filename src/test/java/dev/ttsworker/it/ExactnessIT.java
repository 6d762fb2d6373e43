package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.ControlCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The samples of a call do not depend on when, beside what and in which windows it is computed.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExactnessIT {
  private static final String TEXT =
      "When the old lighthouse keeper walked for 3 km along the narrow path by the sea, he counted"
          + " every ship that had passed the [harbour](/ˈhɑːbə/), and wrote their names into his $4"
          + " book. Good [pause:300ms] night!";

  private static final String SHORT =
      "The keeper of the lighthouse walked 3 km by the [harbour](/ˈhɑːbə/) with his $4 book."
          + " Good [pause:300ms] night!";

  private static final Path STOCK_VOICE = Path.of("voicepacks/piper/en-us-joe-medium");

  @TempDir Path folder;
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void tinyVoice() throws Exception {
    try (TestWorker worker = TestWorker.start(folder).await(Readiness.State.SERVING)) {
      assertExact(worker, "piper-tiny", TEXT, 8);
    }
  }

  @Test
  void stockVoice() throws Exception {
    assumeTrue(Files.isDirectory(STOCK_VOICE), () -> STOCK_VOICE + " is not installed");
    // With the parts that other tests have left there.
    TinyVoices.copyFolder(STOCK_VOICE, folder.resolve("voicepacks/piper/en-us-joe-medium"));
    try (TestWorker worker = TestWorker.start(folder).await(Readiness.State.SERVING)) {
      assertExact(worker, "piper-en-us-joe-medium", SHORT, 2);
    }
  }

  @Test
  void tinyHibariVoice() throws Exception {
    HibariIT.installTiny(folder);
    try (TestWorker worker =
        TestWorker.startIn(folder, Map.of("DEFAULT_MODEL_ID", "hibari-tiny"))
            .await(Readiness.State.SERVING)) {
      assertExact(worker, "hibari-tiny", TEXT, 8);
    }
  }

  @Test
  void defaultVoice() throws Exception {
    HibariIT.installReal(folder);
    try (TestWorker worker =
        TestWorker.startIn(folder, Map.of("DEFAULT_MODEL_ID", "hibari-en-us-heart"))
            .await(Readiness.State.SERVING)) {
      assertExact(worker, "hibari-en-us-heart", SHORT, 3);
    }
  }

  private void assertExact(TestWorker worker, String model, String text, int calls)
      throws Exception {
    long seed = System.nanoTime();
    System.out.println(model + ", seed " + seed);
    Random random = new Random(seed);
    worker.session("alone", model, Map.of("seed", "8", "speed", "2", "max_lead_ms", "600000"));
    byte[] alone = worker.say("alone", text);
    List<FutureTask<byte[]>> heard = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      Random own = new Random(random.nextLong());
      Callable<byte[]> speaking = () -> speak(worker, model, text, own);
      FutureTask<byte[]> task = new FutureTask<>(speaking);
      Thread.ofVirtual().name("speaker").start(task);
      heard.add(task);
      interfere(worker, model, text, random);
    }
    for (FutureTask<byte[]> task : heard) {
      assertArrayEquals(alone, task.get(), model + ", seed " + seed);
    }
  }

  /// Other calls come and go.
  private void interfere(TestWorker worker, String model, String text, Random random)
      throws InterruptedException {
    String id = "other-" + made.incrementAndGet();
    worker.session(id, model, Map.of("max_lead_ms", "100"));
    SpokenCall call = worker.call();
    call.send(id, text.substring(random.nextInt(text.length() / 2)));
    boolean _ = call.hear(random.nextInt(4));
    worker.endSession(id);
  }

  private byte[] speak(TestWorker worker, String model, String text, Random random)
      throws InterruptedException {
    String id = "call-" + made.incrementAndGet();
    String lead = List.of("100", "500", "5000", "600000").get(random.nextInt(4));
    worker.session(id, model, Map.of("seed", "8", "speed", "2", "max_lead_ms", lead));
    Optional<byte[]> audio = Optional.empty();
    while (audio.isEmpty()) {
      audio = attempt(worker, id, text, random);
    }
    return audio.get();
  }

  /// Empty when there was no capacity for it.
  private static Optional<byte[]> attempt(TestWorker worker, String id, String text, Random random)
      throws InterruptedException {
    SpokenCall call = worker.call();
    for (String piece : pieces(text, random)) {
      call.send(id, piece);
      disturb(worker, id, random);
    }
    call.endInput();
    disturb(worker, id, random);
    return call.isRefused() ? Optional.empty() : Optional.of(call.audio());
  }

  /// Some time passes, or the call is paused for some time.
  private static void disturb(TestWorker worker, String id, Random random) {
    if (random.nextInt(6) == 0) {
      var _ = worker.control(id, ControlCommand.PAUSE);
      letTimePass(worker, random);
      var _ = worker.control(id, ControlCommand.RESUME);
    } else {
      letTimePass(worker, random);
    }
  }

  private static void letTimePass(TestWorker worker, Random random) {
    for (int i = random.nextInt(5); i > 0; i--) {
      var _ = worker.capabilities();
    }
  }

  /// Cuts anywhere but right after a sentence-end mark, where a cut has a meaning of its own.
  private static List<String> pieces(String text, Random random) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < text.length(); i++) {
      if (".!".indexOf(text.charAt(i - 1)) < 0 && random.nextInt(8) == 0) {
        pieces.add(text.substring(from, i));
        from = i;
      }
    }
    pieces.add(text.substring(from));
    return pieces;
  }
}
