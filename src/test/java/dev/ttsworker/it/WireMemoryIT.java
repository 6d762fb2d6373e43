package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.HalfSpokenCall;
import dev.ttsworker.fixture.RawCalls;
import dev.ttsworker.fixture.RawHttp2;
import dev.ttsworker.fixture.Refusals;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that begin messages, frames and headers and do not end them, against a real worker, each
/// beside a call that must not notice.
@Timeout(120)
final class WireMemoryIT {
  private static final String SYNTHESIZE = "/tts.TTSService/Synthesize";
  private static final String HEALTH = "/grpc.health.v1.Health/Check";
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

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
                "limits: {wire_memory_mb_per_connection: 2, message_timeout_ms: 1500}")
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
    bystander.endsWell();
  }

  private static RawHttp2 connect() throws IOException {
    return new RawHttp2(worker.worker.port()).greet();
  }

  @Test
  void unfinishedMessagesPastTheBudgetAreRefused() throws Exception {
    for (String path : new String[] {SYNTHESIZE, HEALTH}) {
      double before = Refusals.count(worker, "budget_exceeded");
      try (RawHttp2 raw = connect()) {
        int streams = 60;
        for (int i = 0; i < streams; i++) {
          raw.openCall(2 * i + 1, path);
          raw.message(2 * i + 1, 1 << 20);
          for (int sent = 5; sent + 16_000 < 65_535; sent += 16_000) {
            raw.data(2 * i + 1, new byte[16_000]);
          }
        }
        Refusals.await(worker, "budget_exceeded", before + 1);
        raw.awaitText("limits.wire_memory_mb");
      }
    }
  }

  @Test
  void messageThatDoesNotComeWholeInTimeIsRefused() throws Exception {
    try (RawHttp2 raw = connect()) {
      raw.openCall(1, SYNTHESIZE);
      raw.message(1, 1_000);
      raw.data(1, new byte[10]);
      raw.awaitText("limits.message_timeout_ms");
    }
  }

  @Test
  void halfAMessageAtTheEndIsRefusedWithAReason() throws Exception {
    try (RawHttp2 raw = connect()) {
      raw.openCall(1, SYNTHESIZE);
      raw.message(1, 1_000);
      raw.frame(RawHttp2.DATA, END_STREAM, 1, new byte[10]);
      raw.awaitText("The request is not made of whole gRPC messages");
    }
  }

  @Test
  void unfinishedFramesAndHeadersCloseTheirConnection() throws Exception {
    double before = Refusals.count(worker, "unfinished_frame");
    try (RawHttp2 frame = connect();
        RawHttp2 headers = connect()) {
      frame.bytes(new byte[] {0, 0, 100, 0, 0});
      headers.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(SYNTHESIZE));
      frame.awaitClosed();
      headers.awaitClosed();
    }
    Refusals.await(worker, "unfinished_frame", before + 2);
  }

  @Test
  void emptyFramesAndSettingsAreAFlood() throws Exception {
    double before = Refusals.count(worker, "frame_flood");
    try (RawHttp2 raw = connect()) {
      raw.openCall(1, SYNTHESIZE);
      untilClosed(() -> {
        for (int i = 0; i < 20_000; i++) {
          raw.data(1, new byte[0]);
        }
        raw.awaitClosed();
      });
    }
    try (RawHttp2 raw = connect()) {
      untilClosed(() -> {
        for (int i = 0; i < 20_000; i++) {
          raw.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
        }
        raw.awaitClosed();
      });
    }
    Refusals.await(worker, "frame_flood", before + 2);
  }

  /// gRPC takes headers behind the messages for one more call, and the first can end no more.
  @Test
  void headersBehindTheMessagesOpenNoSecondCall() throws Exception {
    try (RawHttp2 raw = connect()) {
      raw.openCall(1, SYNTHESIZE);
      raw.whole(1, "\n\001s".getBytes(StandardCharsets.US_ASCII));
      worker.awaitStreams(2);
      raw.frame(RawHttp2.HEADERS, END_STREAM | END_HEADERS, 1, RawHttp2.block(SYNTHESIZE));
      raw.readToEndOf(1);
    }
    worker.awaitStreams(1);
  }

  @Test
  void compressedMessagesAreBoundedAsTheyAreWhenDecompressed() throws Exception {
    double before = Refusals.count(worker, "message_too_large");
    var stub = worker.stub().withCompression("gzip");
    assertFalse(
        stub.getCapabilities(GetCapabilitiesRequest.getDefaultInstance())
            .getResidentModelsList()
            .isEmpty());
    byte[] bomb = RawHttp2.gzip(new byte[3 << 20]);
    assertTrue(bomb.length < 10_000);
    endsWith("gzip", bomb, "more than 1048576 bytes when decompressed");
    Refusals.await(worker, "message_too_large", before + 1);
    before = Refusals.count(worker, "malformed_request");
    endsWith("gzip", new byte[100], "The message cannot be decompressed");
    endsWith("gzip", Arrays.copyOf(bomb, 1_000), "The message cannot be decompressed");
    endsWith("identity", bomb, "The request is not made of whole gRPC messages");
    Refusals.await(worker, "malformed_request", before + 3);
    endsWith("deflate", bomb, "Can't find decompressor for deflate");
  }

  private static void endsWith(String encoding, byte[] message, String told) throws IOException {
    try (RawHttp2 raw = connect()) {
      raw.openCall(1, SYNTHESIZE, "grpc-encoding", encoding);
      byte[] prefixed = new byte[5 + message.length];
      prefixed[0] = 1;
      prefixed[3] = (byte) (message.length >> 8);
      prefixed[4] = (byte) message.length;
      System.arraycopy(message, 0, prefixed, 5, message.length);
      raw.frame(RawHttp2.DATA, END_STREAM, 1, prefixed);
      raw.awaitText(told);
    }
  }

  @Test
  void othersAreServedMeanwhile() throws Exception {
    try (RawHttp2 raw = connect()) {
      for (int i = 0; i < 200; i++) {
        raw.openCall(2 * i + 1, HEALTH);
        raw.message(2 * i + 1, 1 << 20);
      }
      assertEquals(
          Status.Code.OK,
          Status.fromThrowable(
                  RawCalls.outcome(
                      worker.channel, TTSServiceGrpc.getListModelsMethod(), new byte[0]))
              .getCode());
      var _ =
          HealthGrpc.newBlockingStub(worker.channel).check(HealthCheckRequest.getDefaultInstance());
      assertTrue(worker.say("s", " ".repeat(18_000) + "Hello.").length > 1920);
    }
  }

  /// More than the memory of a connection is enough for.
  @Test
  void callsWithoutAMessagePastTheBudgetAreRefusedBeforeTheyAreCalls() throws Exception {
    double before = Refusals.count(worker, "budget_exceeded");
    try (RawHttp2 raw = connect()) {
      for (int i = 0; i < 900; i++) {
        raw.openCall(2 * i + 1);
      }
      raw.awaitText("limits.wire_memory_mb");
      Refusals.await(worker, "budget_exceeded", before + 300);
      assertTrue(worker.say("s", "Hello.").length > 1920);
    }
    // All of it comes back.
    try (RawHttp2 raw = connect()) {
      raw.openCall(1, "/tts.TTSService/Nothing");
      raw.awaitText("Method not found: tts.TTSService/Nothing");
    }
    worker.awaitStreams(1);
  }

  @Test
  void updatesOfWindowsThatNothingWasSentInAreAFlood() throws Exception {
    double before = Refusals.count(worker, "frame_flood");
    try (RawHttp2 raw = connect()) {
      untilClosed(() -> {
        for (int i = 0; i < 20_000; i++) {
          raw.frame(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
        }
        raw.awaitClosed();
      });
    }
    Refusals.await(worker, "frame_flood", before + 1);
  }

  @Test
  void oneAddressOpensOnlySoManyConnections(@TempDir Path own) throws Exception {
    try (TestWorker small =
        TestWorker.start(own, "limits: {max_connections_per_address: 3}")
            .await(Readiness.State.SERVING)) {
      var _ = small.capabilities();
      try (RawHttp2 _ = new RawHttp2(small.worker.port()).greet();
          RawHttp2 _ = new RawHttp2(small.worker.port()).greet();
          RawHttp2 refused = new RawHttp2(small.worker.port())) {
        refused.awaitClosed();
      }
      Refusals.await(small, "too_many_from_address", 1);
      var _ = small.capabilities();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  /// The server may close while it is still being written to.
  private static void untilClosed(Action action) throws IOException {
    try {
      action.run();
    } catch (java.net.SocketException closed) {
      // As awaited.
    }
  }
}
