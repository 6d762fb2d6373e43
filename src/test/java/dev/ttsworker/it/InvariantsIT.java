package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.Bystander;
import dev.ttsworker.fixture.Misbehaviour;
import dev.ttsworker.fixture.NativeHeap;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.fixture.WorkerCounts;
import dev.ttsworker.health.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever callers do, the worker is afterwards as it was before: everything that can be counted
/// is counted, and a call that was spoken meanwhile has not noticed.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class InvariantsIT {
  private static final int WARM_ROUNDS = 2;
  private static final int ROUNDS = 3;

  /// The resident size goes up and down by some 60 MiB with the Java heap; its least values over
  /// some rounds do by less than this.
  private static final long RESIDENT_MAY_GROW_KIB = 32 * 1024;

  /// What native code holds goes up by as much as 40 MiB for a moment (compilers, buffers that wait
  /// for a cleaner); its least values over some rounds do by 8. A voice that is not freed with its
  /// last lease is seen as 96.
  private static final long NATIVE_MAY_GROW_KIB = 16 * 1024;

  @TempDir static Path folder;
  static TestWorker worker;
  static Misbehaviour callers;
  static WorkerCounts before;

  @BeforeAll
  static void start() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    worker =
        TestWorker.startApart(
                folder,
                Map.of("DEFAULT_MODEL_ID", "piper-tiny"),
                "session: {max_pause_ms: 200}",
                "engine: {cpu_threads: 4, nice: 0}")
            .await(Readiness.State.SERVING);
    callers = new Misbehaviour(worker);
    worker.session("stays", "", Map.of());
    worker.session("stays-too", "mock", Map.of());
    assertTrue(worker.say("stays", "Hello.").length > 1920);
    before = WorkerCounts.of(worker);
    System.out.println(before);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothingBehind(Misbehaviour.Kind kind) throws Exception {
    long seed = System.nanoTime();
    System.out.println(kind + ", seed " + seed);
    Bystander bystander = new Bystander(worker, "bystander");
    callers.happen(kind, new Random(seed));
    worker.awaitStreams(1);
    callers.endSessions();
    bystander.leave();
    before.awaitAgain(worker, kind + ", seed " + seed);
  }

  @Test
  void allTogetherLeaveNothingBehindAndMemoryDoesNotGrow() throws Exception {
    long seed = System.nanoTime();
    System.out.println("all together, seed " + seed);
    Random random = new Random(seed);
    Bystander bystander = new Bystander(worker, "bystander");
    List<Long> resident = new ArrayList<>();
    List<Long> allocated = new ArrayList<>();
    for (int round = 0; round < WARM_ROUNDS + ROUNDS; round++) {
      allAtOnce(random);
      worker.awaitStreams(1);
      callers.endSessions();
      System.gc();
      resident.add(residentKib());
      allocated.add(NativeHeap.bytesInUse() / 1024);
    }
    bystander.leave();
    before.awaitAgain(worker, "seed " + seed);
    System.out.println("resident KiB after each round: " + resident);
    System.out.println("natively allocated KiB after each round: " + allocated);
    long resided =
        Collections.min(resident.subList(ROUNDS, resident.size()))
            - Collections.min(resident.subList(0, WARM_ROUNDS));
    assertTrue(resided < RESIDENT_MAY_GROW_KIB, "grown by " + resided + " KiB: " + resident);
    long kept =
        Collections.min(allocated.subList(ROUNDS, allocated.size()))
            - Collections.min(allocated.subList(0, WARM_ROUNDS));
    assertTrue(kept < NATIVE_MAY_GROW_KIB, "grown by " + kept + " KiB: " + allocated);
  }

  private static void allAtOnce(Random random) throws Exception {
    List<FutureTask<Void>> running = new ArrayList<>();
    for (Misbehaviour.Kind kind : Misbehaviour.Kind.values()) {
      Random own = new Random(random.nextLong());
      Callable<Void> act =
          () -> {
            callers.happen(kind, own);
            return null;
          };
      FutureTask<Void> task = new FutureTask<>(act);
      Thread.ofVirtual().name("misbehaving-" + kind).start(task);
      running.add(task);
    }
    for (FutureTask<Void> task : running) {
      task.get(30, TimeUnit.SECONDS);
    }
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
