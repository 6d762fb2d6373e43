package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.Digests;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.SlowReader;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.WorkerCounts;
import dev.ttsworker.health.Readiness;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A reader that stops reading costs its buffer and nothing else.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BackPressureIT {
  private static final int IDLE = 300;
  private static final int SLOW = 40;
  private static final int STAYING = 4;
  private static final String TEXT = "Good morning, dear listener, how are you today? ".repeat(5);

  /// Nothing but the readers holds the calls back.
  private static final Map<String, String> UNPACED = Map.of("seed", "3", "max_lead_ms", "600000");

  /// Without back-pressure the frames of all calls come to several times as much.
  private static final long MOST_HEAP_BYTES = 20 << 20;

  @TempDir static Path folder;
  static TestWorker worker;
  static byte[] alone;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
    worker.session("alone", "", UNPACED);
    alone = worker.say("alone", TEXT);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void slowReadersAndIdleSessionsHoldLittleAndHearEverythingLater() throws Exception {
    WorkerCounts before = WorkerCounts.of(worker);
    long heapBefore = heapInUse();
    double audioBefore = worker.capabilities().getMetricsOrThrow("audio_seconds");
    for (int i = 0; i < IDLE; i++) {
      worker.session("idle-" + i, "", Map.of());
    }
    ManagedChannel connection = connectWithSmallWindow();
    List<SlowReader> readers = slowReaders(connection);
    assertEquals(SLOW, worker.capabilities().getMetricsOrThrow("active_streams"));

    double ahead = worker.capabilities().getMetricsOrThrow("audio_seconds") - audioBefore;
    long held = heapInUse() - heapBefore;
    System.out.println("held " + held + " bytes, " + ahead + " s of audio computed ahead");
    double whole = SLOW * alone.length / 96_000.0;
    assertTrue(ahead < whole / 5, ahead + " s of " + whole + " s were computed for nobody");
    assertTrue(held < MOST_HEAP_BYTES, held + " bytes");
    assertEquals(0, worker.engine.runtime().borrowedBuffers());
    assertEquals(0, worker.capabilities().getMetricsOrThrow("queue_depth"));
    assertOthersAreServed();
    assertAllIsHeard(whoStays(readers));

    connection.shutdownNow();
    for (int i = 0; i < IDLE; i++) {
      worker.endSession("idle-" + i);
    }
    before.awaitAgain(worker, "slow readers");
  }

  /// A client that lets little wait on its own side; the usual megabyte for each call is the
  /// client's to hold.
  private static ManagedChannel connectWithSmallWindow() {
    return NettyChannelBuilder.forAddress("localhost", worker.worker.port())
        .usePlaintext()
        .flowControlWindow(65_536)
        .directExecutor()
        .build();
  }

  private static List<SlowReader> slowReaders(ManagedChannel connection)
      throws InterruptedException {
    List<SlowReader> readers = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      SlowReader reader = new SlowReader(connection);
      reader.send("alone", TEXT);
      reader.endInput();
      assertTrue(reader.read(1), () -> "The reader was refused: " + reader.end());
      readers.add(reader);
      awaitShare(0.4);
    }
    awaitShare(0);
    return readers;
  }

  /// They still run, but rest after a moment, and need nothing of the inference threads.
  private static void awaitShare(double most) throws InterruptedException {
    while (worker.worker.stats().committedShare() > most) {
      Polling.pause();
    }
  }

  private static void assertOthersAreServed() throws InterruptedException {
    List<SpokenCall> others = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      SpokenCall call = worker.call();
      call.send("alone", TEXT);
      call.endInput();
      others.add(call);
    }
    for (SpokenCall call : others) {
      assertArrayEquals(alone, call.audio());
    }
  }

  /// Most hang up without having read; the rest read on, and hear everything.
  private static List<SlowReader> whoStays(List<SlowReader> readers) {
    readers.subList(0, SLOW - STAYING).forEach(SlowReader::cancel);
    return readers.subList(SLOW - STAYING, SLOW);
  }

  /// All read at once: on one connection a reader who does not read can hold up those who do.
  private static void assertAllIsHeard(List<SlowReader> readers) throws Exception {
    List<FutureTask<String>> reading = new ArrayList<>();
    for (SlowReader reader : readers) {
      Callable<String> toTheEnd = reader::readOut;
      FutureTask<String> task = new FutureTask<>(toTheEnd);
      Thread.ofVirtual().name("reader").start(task);
      reading.add(task);
    }
    for (FutureTask<String> task : reading) {
      assertEquals(Digests.of(alone), task.get());
    }
  }

  private static long heapInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
