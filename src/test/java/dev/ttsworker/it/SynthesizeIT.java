package dev.ttsworker.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.fixture.SpokenCall;
import dev.ttsworker.fixture.TestWorker;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.proto.AudioFrame;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.WordTiming;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Synthesize method against a real worker with the tiny voice.
final class SynthesizeIT {
  private static final String TEXT = "Good morning, dear listener. How are you today? I am fine!";
  private static final Map<String, String> SEEDED = Map.of("seed", "7");

  @TempDir static Path folder;
  static TestWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = TestWorker.start(folder).await(Readiness.State.SERVING);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void speaksInFrames() throws Exception {
    worker.session("frames", "", Map.of());
    byte[] audio = worker.say("frames", TEXT);
    assertTrue(audio.length > 10 * 1920, audio.length + " bytes");
    assertTrue(IntStream.range(0, audio.length).anyMatch(i -> audio[i] != 0), "only silence");
  }

  @Test
  void everyRateIsTheSameSpeechWithTheSameTimes() throws Exception {
    worker.session("usual", "", SEEDED);
    List<AudioFrame> usual = speak("usual");
    for (int rate : AudioFormat.RATES_HZ) {
      String session = "rate-" + rate;
      worker.session(session, "", Map.of("seed", "7", "sample_rate", "" + rate));
      List<AudioFrame> frames = speak(session);
      assertEquals(usual.size(), frames.size(), 1, "frames at " + rate);
      assertTrue(frames.stream().allMatch(frame -> frame.getSampleRate() == rate));
      long bytes = frames.stream().mapToLong(frame -> frame.getAudioData().size()).sum();
      assertEquals(2L * (frames.size() * rate / 50), bytes);
      assertEquals(words(usual), words(frames));
      for (int i = 0; i < starts(usual).size(); i++) {
        assertEquals(starts(usual).get(i), starts(frames).get(i), 1, "word " + i + " at " + rate);
      }
      // The tiny voice is noisy: a lower rate has less of it.
      double share = power(frames) / power(usual);
      assertTrue(share > 0.1 && share < 1.1, "power at " + rate + ": " + share);
    }
  }

  private static List<AudioFrame> speak(String session) throws InterruptedException {
    SpokenCall call = worker.call();
    call.sendFinal(session, TEXT);
    return call.frames();
  }

  private static List<String> words(List<AudioFrame> frames) {
    return frames.stream()
        .flatMap(frame -> frame.getWordsList().stream().map(WordTiming::getText))
        .toList();
  }

  private static List<Integer> starts(List<AudioFrame> frames) {
    return frames.stream()
        .flatMap(frame -> frame.getWordsList().stream().map(WordTiming::getStartMs))
        .toList();
  }

  private static double power(List<AudioFrame> frames) {
    double sum = 0;
    long count = 0;
    for (AudioFrame frame : frames) {
      ShortBuffer samples =
          frame
              .getAudioData()
              .asReadOnlyByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asShortBuffer();
      count += samples.remaining();
      while (samples.hasRemaining()) {
        sum += Math.pow(samples.get(), 2);
      }
    }
    return sum / count;
  }

  @Test
  void sameSoundHoweverTheTextIsCut() throws Exception {
    worker.session("cuts", "", SEEDED);
    byte[] whole = worker.say("cuts", TEXT);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      assertArrayEquals(whole, worker.say("cuts", pieces(TEXT, random)), "seed " + seed);
    }
  }

  /// Cuts anywhere but right after a sentence-end mark, where a cut has a meaning of its own.
  private static String[] pieces(String text, Random random) {
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      marked.append(text.charAt(i));
      if (".?!".indexOf(text.charAt(i)) < 0 && random.nextInt(4) == 0) {
        marked.append('|');
      }
    }
    return marked.toString().split("\\|");
  }

  @Test
  void sentencesSentWithoutBlanksAreSentences() throws Exception {
    worker.session("glued", "", SEEDED);
    assertArrayEquals(
        worker.say("glued", "One moment. Here we are."),
        worker.say("glued", "One moment.", "Here we are."));
  }

  @Test
  void finalChunkEndsTheInputWhileTheStreamStaysOpen() throws Exception {
    worker.session("open", "", Map.of());
    SpokenCall call = worker.call();
    call.sendFinal("open", "All is said.");
    assertTrue(call.audio().length > 1920);
  }

  @Test
  void audioComesBeforeTheInputEnds() throws Exception {
    worker.session("early", "", Map.of());
    SpokenCall call = worker.call();
    call.send("early", "This is the first sentence. And this");
    assertEquals(1, call.next().orElseThrow().getSequenceNumber());
    call.send("early", " is the second.");
    call.endInput();
    List<AudioFrame> rest = call.frames();
    assertTrue(rest.getLast().getIsFinal());
  }

  @Test
  void blankTextGivesOneEmptyFinalFrame() throws Exception {
    worker.session("blank", "", Map.of());
    assertEquals(0, worker.say("blank", " ", "\n").length);
  }

  @Test
  void wordlessTextGivesShortSilence() throws Exception {
    worker.session("wordless", "", Map.of());
    for (String text : List.of("...", "🙂", "?!", "—")) {
      byte[] audio = worker.say("wordless", text);
      assertEquals(1920, audio.length, text);
    }
  }

  @Test
  void toneGivesHalfASecondForEachChunk() throws Exception {
    worker.session("tone", "mock", Map.of());
    assertEquals(3 * 25 * 1920, worker.say("tone", "a", "bc", "...").length);
  }

  @Test
  void missingAndUnknownSessionsAreReported() throws Exception {
    assertFailure(Status.Code.INVALID_ARGUMENT, "Missing session_id", "MISSING_FIELD", "");
    assertFailure(Status.Code.NOT_FOUND, "Session nobody not found", "SESSION_NOT_FOUND", "nobody");
    SpokenCall empty = worker.call();
    empty.endInput();
    assertEquals(Status.Code.INVALID_ARGUMENT, empty.failure().getCode());
  }

  private static void assertFailure(Status.Code code, String message, String reason, String session)
      throws Exception {
    SpokenCall call = worker.call();
    call.send(session, "Hello.");
    Throwable failure = call.throwable();
    assertEquals(code, Status.fromThrowable(failure).getCode());
    assertEquals(message, Status.fromThrowable(failure).getDescription());
    com.google.rpc.Status details = Objects.requireNonNull(StatusProto.fromThrowable(failure));
    ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
    assertEquals("tts", info.getDomain());
    assertEquals(reason, info.getReason());
  }

  @Test
  void tooLongTextIsRefusedAndTheSessionGoesOn() throws Exception {
    worker.session("long", "", Map.of());
    SpokenCall call = worker.call();
    call.send("long", "x".repeat(20_001));
    Status failure = call.failure();
    assertEquals(Status.Code.INVALID_ARGUMENT, failure.getCode());
    assertTrue(String.valueOf(failure.getDescription()).contains("20000"), failure.toString());
    assertTrue(worker.say("long", "Still here.").length > 0);
  }

  @Test
  void oddTextDoesNoHarm() throws Exception {
    // Without a large lead this would come in real time: 1,000 letters are half a minute of speech.
    worker.session("odd", "", Map.of("max_lead_ms", "600000"));
    List<String> odd =
        List.of(
            "nul \0 and \u0007 bell.",
            "\u202e turned around \u200b",
            "中文文本没有读音。",
            "a".repeat(1_000),
            "Zalgo z\u0300\u0301\u0302\u0303\u0304\u0305.",
            "<speak>&amp;</speak> %s %n {} ${jndi:x}");
    for (String text : odd) {
      assertTrue(worker.say("odd", text).length >= 1920);
    }
  }

  @Test
  void cancelledCallIsForgotten() throws Exception {
    worker.session("cancelled", "", Map.of("max_lead_ms", "100"));
    SpokenCall call = worker.call();
    call.send("cancelled", (TEXT + " ").repeat(50));
    assertTrue(call.next().isPresent());
    call.cancel();
    worker.awaitStreams(0);
  }

  @Test
  void endedSessionEndsItsCallsWithAFinalFrame() throws Exception {
    worker.session("ending", "", Map.of("max_lead_ms", "100"));
    SpokenCall call = worker.call();
    call.send("ending", (TEXT + " ").repeat(50));
    assertTrue(call.next().isPresent());
    EndSessionRequest request = EndSessionRequest.newBuilder().setSessionId("ending").build();
    assertTrue(worker.stub().endSession(request).getSuccess());
    assertTrue(worker.stub().endSession(request).getSuccess());
    assertTrue(call.frames().getLast().getIsFinal());
    worker.awaitStreams(0);
  }

  @Test
  void callsOfOneSessionAreIndependent() throws Exception {
    worker.session("pair", "", SEEDED);
    byte[] alone = worker.say("pair", TEXT);
    SpokenCall one = worker.call();
    SpokenCall two = worker.call();
    one.send("pair", TEXT);
    two.send("pair", TEXT);
    one.endInput();
    two.endInput();
    assertArrayEquals(alone, one.audio());
    assertArrayEquals(alone, two.audio());
  }

  @Test
  void speedChangesTheLengthAndSpeakerTheSound() throws Exception {
    worker.session("slow", "", Map.of("seed", "1", "speed", "0.5"));
    worker.session("fast", "", Map.of("seed", "1", "speed", "2.0"));
    int slow = worker.say("slow", TEXT).length;
    int fast = worker.say("fast", TEXT).length;
    assertTrue(slow > 2 * fast, slow + " and " + fast);
    worker.session("speaker0", "piper-tiny-speakers", Map.of("seed", "1", "speaker", "0"));
    worker.session("speaker1", "piper-tiny-speakers", Map.of("seed", "1", "speaker", "1"));
    assertFalse(Arrays.equals(worker.say("speaker0", "Hello."), worker.say("speaker1", "Hello.")));
  }
}
