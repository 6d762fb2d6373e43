package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.RetryInfo;
import dev.ttsworker.fixture.RawCalls;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.WorkerCounts;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.GetCapabilitiesResponse;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// More calls than one inference thread can speak.
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CapacityIT {
  private static final String TEXT = "Good morning, dear listener, how are you today? ".repeat(2);
  private static final int REFUSALS = 5;

  /// Several times as many as one thread speaks in real time; a connection takes 900.
  private static final int CALLS = 150;

  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker =
        TestWorker.start(
                folder, "engine: {cpu_threads: 1, nice: 0}", "admission: {max_wait_ms: 100}")
            .await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void callsPastCapacityAreRefusedAndTheOthersSpeakToTheirEnd() throws Exception {
    worker.session("paced", "", Map.of("seed", "4", "speed", "2", "max_lead_ms", "200"));
    worker.session("alone", "", Map.of("seed", "4", "speed", "2", "max_lead_ms", "600000"));
    byte[] alone = worker.say("alone", TEXT);
    WorkerCounts before = WorkerCounts.of(worker);
    Set<Readiness.State> states = ConcurrentHashMap.newKeySet();
    worker.worker.readiness().addListener(status -> states.add(status.state()));

    List<SpokenCall> running = new ArrayList<>();
    List<SpokenCall> refused = new ArrayList<>();
    for (SpokenCall call : openAtOnce()) {
      (call.isRefused() ? refused : running).add(call);
    }
    assertMetricsAreSound();
    assertTrue(refused.size() >= REFUSALS, "Everybody was let in");
    System.out.println(
        running.size()
            + " calls ran, the others were refused; "
            + worker.capabilities().getMetricsMap());
    for (SpokenCall call : refused) {
      assertRefusal(call.throwable());
    }
    for (SpokenCall call : running) {
      assertArrayEquals(alone, call.audio());
    }
    before.awaitAgain(worker, "past capacity");
    assertArrayEquals(alone, worker.say("alone", TEXT));
    assertEquals(Set.of(Readiness.State.SERVING), states);
  }

  /// However slow the machine is, none ends before the last one begins.
  private static List<SpokenCall> openAtOnce() {
    List<SpokenCall> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      SpokenCall call = worker.call();
      call.send("paced", TEXT);
      call.endInput();
      calls.add(call);
    }
    return calls;
  }

  private static void assertRefusal(Throwable failure) throws Exception {
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, Status.fromThrowable(failure).getCode());
    assertEquals("NO_CAPACITY", RawCalls.reason(failure));
    com.google.rpc.Status details = Objects.requireNonNull(StatusProto.fromThrowable(failure));
    RetryInfo retry = details.getDetails(1).unpack(RetryInfo.class);
    assertTrue(retry.getRetryDelay().getSeconds() > 0, retry.toString());
  }

  private static void assertMetricsAreSound() {
    GetCapabilitiesResponse told = worker.capabilities();
    double used = told.getMetricsOrThrow("capacity_used");
    assertTrue(used >= 0 && used <= 1, "capacity_used " + used);
    assertTrue(told.getMetricsOrThrow("inference_seconds") > 0);
    assertTrue(told.getMetricsOrThrow("audio_seconds") > 0);
    assertEquals("SERVING", told.getState());
  }
}
