package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.ControlRequest;
import dev.ttsworker.proto.ControlResponse;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Control method against a real worker: pause, resume and stop of running calls.
final class ControlIT {
  private static final String SENTENCE = "Good morning, dear listener, how are you today? ";
  private static final String LONG = SENTENCE.repeat(100);

  /// Frames leave in real time, so that a call is still running when it is told something.
  private static final Map<String, String> PACED = Map.of("seed", "5", "max_lead_ms", "100");

  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
    worker.session("twin", "", PACED);
    worker.session("undisturbed", "", Map.of("seed", "5"));
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void noCallRuns() {
    worker.awaitStreams(0);
  }

  @Test
  void noFrameLeavesBetweenPauseAndResume() throws Exception {
    worker.session("pause", "", PACED);
    SpokenCall call = speaking("pause");
    assertExecuted("PAUSE", worker.control("pause", ControlCommand.PAUSE));
    int frames = call.pending();
    hearTheTwinFor(40);
    assertEquals(frames, call.pending());
    assertExecuted("RESUME", worker.control("pause", ControlCommand.RESUME));
    for (int i = 0; i < frames + 3; i++) {
      assertTrue(call.next().isPresent());
    }
    worker.control("pause", ControlCommand.STOP);
  }

  @Test
  void pausesLeaveNoTraceInTheAudio() throws Exception {
    worker.session("trace", "", PACED);
    String text = "Good morning. Hello.";
    byte[] undisturbed = undisturbed(text);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SpokenCall call = worker.call();
    call.sendFinal("trace", text);
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    for (Optional<AudioFrame> frame = call.next(); frame.isPresent(); frame = call.next()) {
      assertEquals(audio.size() / 1920 + 1, frame.get().getSequenceNumber());
      audio.writeBytes(frame.get().getAudioData().toByteArray());
      // With nothing pending the call waits for its listener, otherwise it may be computing.
      if (random.nextInt(call.pending() == 0 ? 2 : 8) == 0) {
        for (int i = random.nextInt(3); i >= 0; i--) {
          worker.control("trace", ControlCommand.PAUSE);
        }
        worker.control("trace", ControlCommand.RESUME);
      }
    }
    assertArrayEquals(undisturbed, audio.toByteArray(), "seed " + seed);
  }

  @Test
  void callPausedBeforeItsFirstFrameWaits() throws Exception {
    worker.session("early", "", Map.of("seed", "5"));
    byte[] undisturbed = undisturbed(SENTENCE);
    SpokenCall call = worker.call();
    call.send("early", "Good ");
    worker.awaitStreams(1);
    worker.control("early", ControlCommand.PAUSE);
    call.send("early", SENTENCE.substring("Good ".length()));
    call.endInput();
    hearTheTwinFor(20);
    assertEquals(0, call.pending());
    worker.control("early", ControlCommand.RESUME);
    assertArrayEquals(undisturbed, call.audio());
  }

  @Test
  void pauseHoldsAllCallsOfTheSessionButNoLaterOne() throws Exception {
    worker.session("both", "", PACED);
    SpokenCall one = speaking("both");
    SpokenCall two = speaking("both");
    worker.control("both", ControlCommand.PAUSE);
    int framesOfOne = one.pending();
    int framesOfTwo = two.pending();
    assertTrue(worker.say("both", "Hello.").length > 1920);
    assertEquals(framesOfOne, one.pending());
    assertEquals(framesOfTwo, two.pending());
    worker.control("both", ControlCommand.RESUME);
    for (int i = 0; i <= Math.max(framesOfOne, framesOfTwo); i++) {
      assertTrue(one.next().isPresent());
      assertTrue(two.next().isPresent());
    }
    worker.control("both", ControlCommand.STOP);
    assertEndedAtOnce(one);
    assertEndedAtOnce(two);
  }

  @Test
  void stopEndsARunningCallAtOnceAndTheNextOneSpeaks() throws Exception {
    worker.session("stop", "", PACED);
    SpokenCall call = speaking("stop");
    assertExecuted("STOP", worker.control("stop", ControlCommand.STOP));
    assertEndedAtOnce(call);
    assertArrayEquals(undisturbed("Hello."), worker.say("stop", "Hello."));
  }

  @Test
  void stopFreesAPausedCall() throws Exception {
    worker.session("freed", "", PACED);
    SpokenCall call = speaking("freed");
    worker.control("freed", ControlCommand.PAUSE);
    worker.control("freed", ControlCommand.STOP);
    assertEndedAtOnce(call);
    worker.awaitStreams(0);
    assertTrue(worker.say("freed", "Hello.").length > 1920);
  }

  @Test
  void stopBeforeTheFirstAudioGivesOneEmptyFinalFrame() throws Exception {
    worker.session("silent", "", PACED);
    SpokenCall call = worker.call();
    call.send("silent", "No sentence ends here");
    worker.awaitStreams(1);
    worker.control("silent", ControlCommand.STOP);
    List<AudioFrame> frames = call.frames();
    assertEquals(1, frames.size());
    assertTrue(frames.getFirst().getIsFinal());
    assertEquals(1, frames.getFirst().getSequenceNumber());
    assertEquals(0, frames.getFirst().getAudioData().size());
    worker.awaitStreams(0);
  }

  @Test
  void textAfterStopIsIgnored() throws Exception {
    worker.session("late", "", PACED);
    SpokenCall call = speaking("late");
    worker.control("late", ControlCommand.STOP);
    call.send("late", "Nobody hears this.");
    call.endInput();
    assertEndedAtOnce(call);
  }

  @Test
  void callPausedTooLongEndsWithAFinalFrame(@TempDir Path other) throws Exception {
    try (TestWorker impatient =
        TestWorker.start(other, "session: {max_pause_ms: 1}").await(Readiness.State.SERVING)) {
      impatient.session("forgotten", "", PACED);
      SpokenCall call = impatient.call();
      call.send("forgotten", LONG);
      assertTrue(call.next().isPresent());
      impatient.control("forgotten", ControlCommand.PAUSE);
      assertTrue(call.frames().getLast().getIsFinal());
      impatient.awaitStreams(0);
      assertTrue(impatient.say("forgotten", "Hello.").length > 1920);
    }
  }

  @Test
  void idleSessionTakesEveryCommand() throws Exception {
    worker.session("idle", "", Map.of());
    long before = System.currentTimeMillis();
    for (ControlCommand command :
        List.of(ControlCommand.PAUSE, ControlCommand.STOP, ControlCommand.RESUME)) {
      ControlResponse answer = worker.control("idle", command);
      assertExecuted(command.name(), answer);
      assertTrue(answer.getTimestampMs() >= before);
      assertTrue(answer.getTimestampMs() <= System.currentTimeMillis());
    }
    worker.control("idle", ControlCommand.PAUSE);
    assertTrue(worker.say("idle", "A pause of an idle session holds nothing.").length > 1920);
  }

  @Test
  void unknownSessionsAndCommandsAreReported() {
    worker.session("known", "", Map.of());
    for (ControlCommand command :
        List.of(
            ControlCommand.PAUSE,
            ControlCommand.RESUME,
            ControlCommand.STOP,
            ControlCommand.RELOAD)) {
      assertRefused("Session nobody not found", worker.control("nobody", command));
    }
    assertRefused("Missing session_id", worker.control("", ControlCommand.STOP));
    ControlRequest nine =
        ControlRequest.newBuilder().setSessionId("known").setCommandValue(9).build();
    assertRefused("Unknown command: 9", worker.stub().control(nine));
  }

  @Test
  void reloadLeavesARunningCallAlone() throws Exception {
    worker.session("reload", "", PACED);
    String text = "Good morning. Hello.";
    byte[] undisturbed = undisturbed(text);
    SpokenCall call = worker.call();
    call.sendFinal("reload", text);
    worker.awaitStreams(1);
    ControlResponse answer = worker.control("reload", ControlCommand.RELOAD);
    assertTrue(answer.getSuccess(), answer.getMessage());
    assertTrue(
        answer.getMessage().startsWith("Command RELOAD executed: models installed: 3"),
        answer.getMessage());
    assertArrayEquals(undisturbed, call.audio());
  }

  /// What a session with the same seed says when nobody interferes.
  private static byte[] undisturbed(String text) throws InterruptedException {
    return worker.say("undisturbed", text);
  }

  /// A call that has begun to speak a long text and whose input is still open.
  private static SpokenCall speaking(String session) throws InterruptedException {
    SpokenCall call = worker.call();
    call.send(session, LONG);
    assertTrue(call.next().isPresent());
    return call;
  }

  /// Time passes in which a call that is not paused would send about as many frames.
  private static void hearTheTwinFor(int frames) throws InterruptedException {
    SpokenCall twin = speaking("twin");
    for (int i = 0; i < frames; i++) {
      assertTrue(twin.next().isPresent());
    }
    twin.cancel();
  }

  private static void assertExecuted(String command, ControlResponse answer) {
    assertTrue(answer.getSuccess());
    assertEquals("Command " + command + " executed", answer.getMessage());
  }

  private static void assertRefused(String message, ControlResponse answer) {
    assertFalse(answer.getSuccess());
    assertEquals(message, answer.getMessage());
    assertTrue(answer.getTimestampMs() > 0);
  }

  /// The frames and the end have come already, and the last frame is the final one.
  private static void assertEndedAtOnce(SpokenCall call) throws InterruptedException {
    int come = call.pending();
    List<AudioFrame> frames = call.frames();
    assertTrue(frames.getLast().getIsFinal());
    assertEquals(AudioFrame.End.END_STOPPED, frames.getLast().getEnd());
    assertEquals(1920, frames.getLast().getAudioData().size());
    assertEquals(come, frames.size() + 1);
  }
}
