package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.HalfSpokenCall;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.RawCalls;
import dev.ttsworker.fixture.RawHttp2;
import dev.ttsworker.fixture.Refusals;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Connections that ask for too much, against a real worker, each beside a call that must not
/// notice.
@Timeout(120)
final class LimitsIT {
  @TempDir static Path folder;
  static TestWorker worker;
  static byte[] undisturbed;

  private HalfSpokenCall bystander;

  @BeforeAll
  static void start() throws Exception {
    worker =
        TestWorker.start(
                folder,
                "session: {max_pause_ms: 600000}",
                "limits: {max_resets: 200, connection_idle_ms: 1000, max_chunk_chars: 100}")
            .await(Readiness.State.SERVING);
    worker.session("s", "", Map.of("seed", "1"));
    undisturbed = HalfSpokenCall.alone(worker, "s");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void bystanderBegins() {
    bystander = new HalfSpokenCall(worker, "s", undisturbed);
  }

  @AfterEach
  void bystanderEndsWell() throws Exception {
    worker.awaitStreams(1);
    assertServing(worker);
    bystander.endsWell();
  }

  private static void assertServing(TestWorker worker) {
    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(worker.channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus());
  }

  private static RawHttp2 connect() throws IOException {
    return new RawHttp2(worker.worker.port());
  }

  @Test
  void pingFloodIsReportedToCalmDown() throws Exception {
    double before = Refusals.count(worker, "ping_flood");
    try (RawHttp2 raw = connect().greet()) {
      for (int i = 0; i < 10; i++) {
        raw.ping();
      }
      assertEquals(RawHttp2.ENHANCE_YOUR_CALM + " too_many_pings", raw.goAway());
      raw.awaitClosed();
    }
    try (RawHttp2 raw = connect().greet()) {
      untilClosed(() -> {
        for (int i = 0; i < 1_000; i++) {
          raw.ping();
        }
        raw.awaitClosed();
      });
    }
    Refusals.await(worker, "ping_flood", before + 2);
  }

  @Test
  void rapidResetIsReportedToCalmDown() throws Exception {
    double before = Refusals.count(worker, "reset_flood");
    try (RawHttp2 raw = connect().greet()) {
      untilClosed(() -> {
        for (int i = 0; i < 1_000; i++) {
          raw.openCall(2 * i + 1);
          raw.reset(2 * i + 1);
        }
        raw.awaitClosed();
      });
    }
    Refusals.await(worker, "reset_flood", before + 1);
    worker.awaitStreams(1);
  }

  @Test
  void fewerResetsAreFine() throws Exception {
    double before = Refusals.count(worker, "reset_flood");
    try (RawHttp2 raw = connect().greet()) {
      for (int i = 0; i < 200; i++) {
        raw.openCall(2 * i + 1);
        raw.reset(2 * i + 1);
      }
      assertEquals(RawHttp2.NO_ERROR + " max_idle", raw.goAway());
    }
    assertEquals(before, Refusals.count(worker, "reset_flood"));
  }

  @Test
  void randomBytesCloseTheirConnectionOnly() throws Exception {
    double before = Refusals.count(worker, "protocol_error");
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      byte[] noise = new byte[24 + random.nextInt(5_000)];
      random.nextBytes(noise);
      try (RawHttp2 raw = connect()) {
        untilClosed(() -> {
          raw.bytes(noise);
          raw.awaitClosed();
        });
      }
    }
    Refusals.await(worker, "protocol_error", before + 50);
    for (int round = 0; round < 50; round++) {
      byte[] payload = new byte[random.nextInt(50)];
      random.nextBytes(payload);
      try (RawHttp2 raw = connect().greet()) {
        untilClosed(() -> {
          raw.frame(random.nextInt(12), random.nextInt(256), random.nextInt(8), payload);
          raw.bytes(payload);
        });
      }
    }
  }

  @Test
  void connectionThatSaysNothingIsClosed() throws Exception {
    double before = Refusals.count(worker, "handshake_timeout");
    try (RawHttp2 silent = connect();
        RawHttp2 slow = connect()) {
      slow.bytes(new byte[] {'P', 'R', 'I'});
      silent.awaitClosed();
      slow.awaitClosed();
    }
    Refusals.await(worker, "handshake_timeout", before + 2);
  }

  @Test
  void idleConnectionIsClosedAndTold() throws Exception {
    double before = Refusals.count(worker, "idle");
    try (RawHttp2 raw = connect().greet()) {
      assertEquals(RawHttp2.NO_ERROR + " max_idle", raw.goAway());
    }
    Refusals.await(worker, "idle", before + 1);
  }

  @Test
  void largeMetadataIsRefusedWithAReason() {
    double before = Refusals.count(worker, "metadata_too_large");
    StatusRuntimeException failure = sendMetadata(20_000);
    assertEquals(Status.Code.INVALID_ARGUMENT, failure.getStatus().getCode());
    assertEquals("METADATA_TOO_LARGE", RawCalls.reason(failure));
    String told = String.valueOf(failure.getStatus().getDescription());
    assertTrue(told.matches("The metadata has 20\\d{3} bytes; allowed: 8192"), told);
    Refusals.await(worker, "metadata_too_large", before + 1);
    assertNotEquals(Status.Code.OK, sendMetadata(100_000).getStatus().getCode());
  }

  private static StatusRuntimeException sendMetadata(int bytes) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(bytes));
    try {
      var _ =
          worker
              .stub()
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
      throw new AssertionError("served");
    } catch (StatusRuntimeException e) {
      return e;
    }
  }

  @Test
  void refusedCallsAreCounted() throws Exception {
    SpokenCall call = worker.call();
    call.send("s", "x".repeat(101));
    assertEquals(Status.Code.INVALID_ARGUMENT, call.failure().getCode());
    Refusals.await(worker, "text_too_long", 1);
    assertEquals(1, Refusals.count(worker, "text_too_long"));
    double before = Refusals.count(worker, "message_too_large");
    var method = RawCalls.methods().getFirst();
    var _ = RawCalls.outcome(worker.channel, method, new byte[(1 << 20) + 1]);
    var _ = RawCalls.outcome(worker.channel, method, new byte[5 << 20]);
    Refusals.await(worker, "message_too_large", before + 2);
    assertEquals(0, Refusals.count(worker, "unauthenticated"));
  }

  @Test
  void connectionsPastTheLimitAreClosedAtOnce(@TempDir Path own) throws Exception {
    try (TestWorker small =
        TestWorker.start(own, "limits: {max_connections: 20}").await(Readiness.State.SERVING)) {
      small.session("s", "", Map.of());
      List<RawHttp2> open = new ArrayList<>();
      for (int i = 0; i < 19; i++) {
        open.add(new RawHttp2(small.worker.port()).greet());
      }
      for (int i = 0; i < 200; i++) {
        try (RawHttp2 refused = new RawHttp2(small.worker.port())) {
          refused.awaitClosed();
        }
      }
      Refusals.await(small, "too_many_connections", 200);
      assertEquals(200, Refusals.count(small, "too_many_connections"));
      assertTrue(small.say("s", "Hello.").length > 1920);
      assertServing(small);
      open.getFirst().close();
      while (!isTaken(small)) {
        Polling.pause();
      }
      for (RawHttp2 each : open) {
        each.close();
      }
    }
  }

  private static boolean isTaken(TestWorker small) {
    try (RawHttp2 _ = new RawHttp2(small.worker.port()).greet()) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  /// The server may close while it is still being written to.
  private static void untilClosed(Action action) throws IOException {
    try {
      action.run();
    } catch (SocketException closed) {
      // As awaited.
    }
  }
}
