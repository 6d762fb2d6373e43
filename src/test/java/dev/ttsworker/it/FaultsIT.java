package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.ttsworker.fixture.HalfSpokenCall;
import dev.ttsworker.fixture.Polling;
import dev.ttsworker.fixture.RawCalls;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.fixture.TinyVoices;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.TextChunk;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input, impatient and vanishing clients against a real worker, each beside a call that must
/// not notice.
final class FaultsIT {
  private static final String SENTENCE = "Good morning, dear listener, how are you today? ";
  private static final Map<String, String> PACED = Map.of("max_lead_ms", "100");

  /// Field 1 promises 5 bytes and has 1.
  private static final byte[] TRUNCATED = {0x0a, 0x05, 'a'};

  /// Field 1 is a string of two bytes that are not UTF-8.
  private static final byte[] NOT_UTF8 = {0x0a, 0x02, (byte) 0xc3, 0x28};

  @TempDir static Path folder;
  static TestWorker worker;
  static byte[] undisturbed;

  private HalfSpokenCall bystander;

  @BeforeAll
  static void start() throws Exception {
    TinyVoices.copyLoaded(folder.resolve("voicepacks"));
    worker =
        TestWorker.startApart(
                folder, Map.of("DEFAULT_MODEL_ID", "piper-tiny"), "session: {max_pause_ms: 600000}")
            .await(Readiness.State.SERVING);
    worker.session("bystander", "", Map.of("seed", "1"));
    worker.session("s", "", Map.of("seed", "2"));
    worker.session("paced", "", PACED);
    worker.session("held", "", PACED);
    undisturbed = HalfSpokenCall.alone(worker, "bystander");
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void bystanderBegins() throws Exception {
    bystander = new HalfSpokenCall(worker, "bystander", undisturbed);
  }

  @AfterEach
  void bystanderEndsWell() throws Exception {
    bystander.endsWell();
  }

  @Test
  void bytesThatAreNoMessageAreRefusedWithAReason() throws Exception {
    for (MethodDescriptor<?, ?> method : RawCalls.methods()) {
      assertMalformed(method, TRUNCATED);
      assertMalformed(method, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    }
  }

  @Test
  void textThatIsNotUtf8IsRefusedWithAReason() throws Exception {
    for (MethodDescriptor<?, ?> method :
        List.of(
            TTSServiceGrpc.getStartSessionMethod(),
            TTSServiceGrpc.getEndSessionMethod(),
            TTSServiceGrpc.getSynthesizeMethod(),
            TTSServiceGrpc.getControlMethod(),
            TTSServiceGrpc.getLoadModelMethod(),
            TTSServiceGrpc.getUnloadModelMethod())) {
      assertMalformed(method, NOT_UTF8);
    }
    byte[] first =
        TextChunk.newBuilder().setSessionId("s").setText("Hello. ").build().toByteArray();
    byte[] second = ByteString.copyFrom(new byte[] {0x12, 0x02, (byte) 0xc3, 0x28}).toByteArray();
    assertMalformed(TTSServiceGrpc.getSynthesizeMethod(), first, second);
  }

  private static void assertMalformed(MethodDescriptor<?, ?> method, byte[]... messages)
      throws InterruptedException {
    Throwable failure = RawCalls.outcome(worker.channel, method, messages);
    String name = method.getFullMethodName();
    assertEquals(Status.Code.INVALID_ARGUMENT, Status.fromThrowable(failure).getCode(), name);
    assertEquals("MALFORMED_REQUEST", RawCalls.reason(failure), name);
  }

  @Test
  void randomBytesNeverEndAsUnknown() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      byte[] message = new byte[random.nextInt(40)];
      random.nextBytes(message);
      if (message.length > 1 && random.nextBoolean()) {
        message[0] = (byte) (8 * (1 + random.nextInt(3)) + 2);
        message[1] = (byte) random.nextInt(message.length);
      }
      MethodDescriptor<?, ?> method =
          RawCalls.methods().get(random.nextInt(RawCalls.methods().size()));
      Throwable outcome = RawCalls.outcome(worker.channel, method, message);
      Status status = Status.fromThrowable(outcome);
      String told = "seed " + seed + ": " + status;
      assertNotEquals(Status.Code.UNKNOWN, status.getCode(), told);
      assertNotEquals(Status.Code.INTERNAL, status.getCode(), told);
      assertTrue(status.isOk() || !RawCalls.reason(outcome).isEmpty(), told);
      assertTrue(String.valueOf(status.getDescription()).length() < 1000, told);
    }
  }

  @Test
  void tooLargeMessagesAreRefusedWithAReason() throws Exception {
    byte[] large = new byte[(1 << 20) + 1];
    for (MethodDescriptor<?, ?> method : RawCalls.methods()) {
      Throwable failure = RawCalls.outcome(worker.channel, method, large);
      String told = method.getFullMethodName() + ": " + failure;
      assertEquals(Status.Code.INVALID_ARGUMENT, Status.fromThrowable(failure).getCode(), told);
      assertEquals("MESSAGE_TOO_LARGE", RawCalls.reason(failure), told);
      assertTrue(told.contains("has 1048577 bytes; allowed: 1048576"), told);
    }
  }

  @Test
  void hugeMessagesAreRefusedUnread() throws Exception {
    byte[] large = new byte[(4 << 20) + 1_000];
    for (MethodDescriptor<?, ?> method : RawCalls.methods()) {
      Throwable failure = RawCalls.outcome(worker.channel, method, large);
      String told = method.getFullMethodName() + ": " + failure;
      assertEquals(Status.Code.INVALID_ARGUMENT, Status.fromThrowable(failure).getCode(), told);
      assertEquals("MESSAGE_TOO_LARGE", RawCalls.reason(failure), told);
      assertTrue(told.contains("has 4195304 bytes; allowed: 1048576"), told);
    }
    assertTrue(worker.say("s", "Hello.").length > 1920);
  }

  @Test
  void passedDeadlineEndsTheCall() throws Exception {
    SpokenCall call =
        new SpokenCall(
            TTSServiceGrpc.newStub(worker.channel).withDeadlineAfter(30, TimeUnit.MILLISECONDS));
    call.send("paced", SENTENCE.repeat(20));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, call.failure().getCode());
  }

  @Test
  void cancelledCallsLeaveNothingBehind() throws Exception {
    Set<Thread> threads = TestWorker.threads();
    int references = worker.references("piper-tiny");
    double sessions = worker.capabilities().getMetricsOrThrow("active_sessions");
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String id = "cancel-" + random.nextInt(5);
      worker.session(
          id, random.nextInt(4) == 0 ? "mock" : "", random.nextBoolean() ? PACED : Map.of());
      SpokenCall call = worker.call();
      for (int i = random.nextInt(3); i >= 0; i--) {
        call.send(id, SENTENCE.substring(random.nextInt(SENTENCE.length())));
      }
      switch (random.nextInt(4)) {
        case 0 -> call.endInput();
        case 1 -> worker.capabilities();
        case 2 -> worker.control(id, ControlCommand.PAUSE);
        default -> {}
      }
      call.cancel();
    }
    for (int i = 0; i < 5; i++) {
      var _ =
          worker
              .stub()
              .endSession(EndSessionRequest.newBuilder().setSessionId("cancel-" + i).build());
    }
    worker.awaitStreams(1);
    while (worker.references("piper-tiny") != references) {
      Polling.pause();
    }
    assertEquals(0, worker.references("mock-440hz"));
    assertEquals(sessions, worker.capabilities().getMetricsOrThrow("active_sessions"));
    assertEquals(0, worker.capabilities().getMetricsOrThrow("queue_depth"));
    assertEquals(threads, TestWorker.threads());
  }

  @Test
  void tenThousandTinyChunksAreOneText() throws Exception {
    String text = "Good" + " ".repeat(9_980) + "morning to you.";
    byte[] whole = worker.say("s", text);
    assertArrayEquals(whole, worker.say("s", text.split("")));
  }

  @Test
  void longTextIsSpokenUpToTheLimit() throws Exception {
    worker.session("long", "", Map.of("max_lead_ms", "600000"));
    String chunk = SENTENCE.repeat(20_000 / SENTENCE.length());
    SpokenCall call = worker.call();
    for (int i = 0; i < 5; i++) {
      call.send("long", chunk);
    }
    for (int frame = 1; frame <= 2_000; frame++) {
      assertEquals(frame, call.next().orElseThrow().getSequenceNumber());
    }
    for (int i = 0; i < 6; i++) {
      call.send("long", chunk);
    }
    Throwable failure = call.throwable();
    assertEquals(Status.Code.INVALID_ARGUMENT, Status.fromThrowable(failure).getCode());
    assertEquals("TEXT_TOO_LONG", RawCalls.reason(failure));
  }

  @Test
  void vanishedReaderIsForgotten() throws Exception {
    int references = worker.references("piper-tiny");
    ManagedChannel connection = worker.connect();
    SpokenCall call = new SpokenCall(TTSServiceGrpc.newStub(connection));
    SpokenCall paused = new SpokenCall(TTSServiceGrpc.newStub(connection));
    call.send("paced", SENTENCE.repeat(50));
    paused.send("held", SENTENCE.repeat(50));
    assertTrue(call.next().isPresent());
    assertTrue(paused.next().isPresent());
    worker.control("held", ControlCommand.PAUSE);
    connection.shutdownNow();
    worker.awaitStreams(1);
    assertEquals(references, worker.references("piper-tiny"));
  }
}
