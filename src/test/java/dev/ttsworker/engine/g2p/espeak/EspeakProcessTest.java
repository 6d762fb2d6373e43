package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Answer;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Kind;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Request;
import dev.ttsworker.engine.g2p.espeak.HelperFailure.Reason;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EspeakProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration NONE = Duration.ofMillis(1);
  private static final String TEXT = "a secret text";

  @Test
  void textsAreAnsweredOneAfterTheOther() throws Exception {
    EspeakProcess process = ready(FakeHelper::echo);
    assertTrue(process.isFresh());
    assertEquals(List.of(), process.clauses("en", "", PATIENCE));
    assertTrue(process.isFresh());
    for (String text : List.of("one", "zwei", "三", "𝟜".repeat(2_000))) {
      assertEquals(
          List.of(new EspeakLibrary.Clause(text, 0)), process.clauses("en", text, PATIENCE));
    }
    assertFalse(process.isFresh());
    assertTrue(process.isUsable());
  }

  private static int code(Kind kind) {
    return List.of(Kind.values()).indexOf(kind);
  }

  static Stream<Arguments> wrongAnswers() {
    byte[] random = new byte[4_000];
    new Random(1).nextBytes(random);
    return Stream.of(
        wrong("noise", number -> random),
        wrong("other number", number -> frame(number + 1, 1, 0)),
        wrong("number of the start", number -> frame(EspeakProtocol.HELLO, 1, 0)),
        wrong("unknown kind", number -> frame(number, 200, 0)),
        wrong("a start", number -> frame(number, code(Kind.READY), 0)),
        wrong("a failed start", number -> frame(number, code(Kind.UNUSABLE), 1, (byte) 'x')),
        wrong("huge length", number -> frame(number, 1, Integer.MAX_VALUE)),
        wrong("negative length", number -> frame(number, 1, -1)),
        wrong("more than the text allows", number -> frame(number, 1, 1 << 20)),
        wrong("huge clause", number -> frame(number, 1, 8, ints(Integer.MAX_VALUE, 0))),
        wrong("negative clause", number -> frame(number, 1, 8, ints(-1, 0))),
        wrong("clause without its end", number -> frame(number, 1, 4, ints(0))),
        wrong("part of an integer", number -> frame(number, 1, 2, (byte) 0, (byte) 0)),
        wrong("too many clauses", number -> frame(number, 1, 1_600, new byte[1_600])),
        wrong("no UTF-8", number -> frame(number, 1, 9, clause((byte) 0xC3))),
        wrong("half a surrogate pair", number -> frame(number, 1, 11, clause(0xED, 0xA0, 0x80))),
        wrong("no status", number -> frame(number, code(Kind.NO_VOICE), 0)),
        wrong("a long status", number -> frame(number, code(Kind.NO_VOICE), 5, new byte[5])),
        wrong("two answers", number -> twice(frame(number, 1, 0))),
        wrong("one byte more", number -> Arrays.copyOf(frame(number, 1, 0), 14)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongAnswers")
  void processWithAWrongAnswerIsEnded(String name, WrongAnswer wrong) throws Exception {
    EspeakProcess process =
        ready((request, answers) -> {
          answers.write(wrong.bytes(request.number()));
          answers.flush();
        });
    HelperFailure failure =
        assertThrows(HelperFailure.class, () -> process.clauses("en", TEXT, PATIENCE));
    assertEquals(Reason.PROTOCOL, failure.reason());
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
    assertFalse(process.isUsable());
    assertFalse(process.process().isAlive());
  }

  /// It comes after the first answer was taken, so before the next one.
  @Test
  void secondAnswerIsNotTakenForThatToTheNextText() throws Exception {
    EspeakProcess process =
        EspeakProcess.start(() ->
            new FakeHelper((requests, answers) -> {
              Answer.ready().writeTo(answers);
              Request first = Request.readFrom(requests);
              FakeHelper.echo(first, answers);
              Request.readFrom(requests);
              FakeHelper.echo(first, answers);
              return requests.read();
            }));
    process.awaitReady(PATIENCE);
    process.clauses("en", "first", PATIENCE);
    HelperFailure failure =
        assertThrows(HelperFailure.class, () -> process.clauses("en", "second", PATIENCE));
    assertEquals(Reason.PROTOCOL, failure.reason());
    assertFalse(process.isUsable());
  }

  @Test
  void lateProcessIsEndedAndItsAnswerNeverRead() throws Exception {
    EspeakProcess process = ready((request, answers) -> park());
    HelperFailure failure =
        assertThrows(HelperFailure.class, () -> process.clauses("en", TEXT, NONE));
    assertEquals(Reason.LATE, failure.reason());
    assertFalse(failure.mayBeCausedByText());
    assertFalse(process.isUsable());
    assertFalse(process.process().isAlive());
  }

  @Test
  void processThatClosesItsOutputAndLivesOnIsEnded() throws Exception {
    EspeakProcess process =
        ready((request, answers) -> {
          answers.close();
          park();
        });
    HelperFailure failure =
        assertThrows(HelperFailure.class, () -> process.clauses("en", TEXT, PATIENCE));
    assertEquals(Reason.PROTOCOL, failure.reason());
    assertFalse(process.process().isAlive());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 134, 139})
  void crashMayBeOfTheText(int status) throws Exception {
    assertTrue(failureAtExit(status).mayBeCausedByText());
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 130, 137, 143})
  void signalFromOutsideIsNotOfTheText(int status) throws Exception {
    HelperFailure failure = failureAtExit(status);
    assertEquals(Reason.KILLED, failure.reason());
    assertFalse(failure.mayBeCausedByText());
  }

  private static HelperFailure failureAtExit(int status) throws HelperFailure {
    EspeakProcess process =
        EspeakProcess.start(() ->
            new FakeHelper((requests, answers) -> {
              Answer.ready().writeTo(answers);
              Request.readFrom(requests);
              return status;
            }));
    process.awaitReady(PATIENCE);
    return assertThrows(HelperFailure.class, () -> process.clauses("en", TEXT, PATIENCE));
  }

  @Test
  void missingVoiceAndEndlessTextAreAnswersAndTheProcessGoesOn() throws Exception {
    EspeakProcess process =
        ready((request, answers) -> {
          switch (request.text()) {
            case "endless" ->
                new Answer(request.number(), Kind.ENDLESS, new byte[0]).writeTo(answers);
            case "voice" -> Answer.noVoice(request, 268).writeTo(answers);
            default -> FakeHelper.echo(request, answers);
          }
        });
    WorkerException endless =
        assertThrows(WorkerException.class, () -> process.clauses("en", "endless", PATIENCE));
    assertEquals(ErrorCode.INVALID_FIELD, endless.code());
    WorkerException voice =
        assertThrows(WorkerException.class, () -> process.clauses("xx", "voice", PATIENCE));
    assertEquals(ErrorCode.INVALID_VOICEPACK, voice.code());
    assertEquals("espeak.voice: eSpeak NG has no voice 'xx' (status 268)", voice.getMessage());
    assertEquals(1, process.clauses("en", "more", PATIENCE).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n",
        "tts-esp1\0\0\0\0\0",
        "tts-esp2"
      })
  void bannerInsteadOfAStartIsRefused(String banner) {
    HelperFailure failure = failureAtStart(banner.getBytes(StandardCharsets.UTF_8));
    assertEquals(Reason.NOT_STARTED, failure.reason());
  }

  @Test
  void reasonOfAFailedStartIsNamed() throws Exception {
    var answer = new ByteArrayOutputStream();
    Answer.unusable("the library is missing " + "é".repeat(2_000))
        .writeTo(new DataOutputStream(answer));
    HelperFailure failure = failureAtStart(answer.toByteArray());
    assertTrue(failure.getMessage().contains("the library is missing"), failure.getMessage());
    assertTrue(failure.getMessage().length() < 1_100);
  }

  @Test
  void processThatCannotBeStartedIsNamed() {
    HelperFailure failure =
        assertThrows(
            HelperFailure.class,
            () ->
                EspeakProcess.start(() -> {
                  throw new IOException("error=2, No such file or directory");
                }));
    assertEquals(Reason.NOT_STARTED, failure.reason());
    assertTrue(failure.getMessage().contains("No such file"), failure.getMessage());
  }

  @Test
  void processThatIsNotReadyInTimeIsEnded() throws Exception {
    EspeakProcess process =
        EspeakProcess.start(() -> new FakeHelper((requests, answers) -> requests.read()));
    HelperFailure failure = assertThrows(HelperFailure.class, () -> process.awaitReady(NONE));
    assertEquals(Reason.LATE, failure.reason());
    assertFalse(process.process().isAlive());
  }

  private static HelperFailure failureAtStart(byte[] output) {
    return assertThrows(
        HelperFailure.class,
        () ->
            EspeakProcess.start(() ->
                    new FakeHelper((requests, answers) -> {
                      answers.write(output);
                      answers.flush();
                      return 1;
                    }))
                .awaitReady(PATIENCE));
  }

  private static EspeakProcess ready(FakeHelper.Reading reading) throws HelperFailure {
    EspeakProcess process = EspeakProcess.start(() -> FakeHelper.reading(reading));
    process.awaitReady(PATIENCE);
    return process;
  }

  /// For as long as this program runs.
  private static void park() {
    new CompletableFuture<Void>().join();
  }

  interface WrongAnswer {
    byte[] bytes(long number);
  }

  private static Arguments wrong(String name, WrongAnswer answer) {
    return Arguments.of(name, answer);
  }

  private static byte[] frame(long number, int kind, int length, byte... content) {
    return ByteBuffer.allocate(13 + content.length)
        .putLong(number)
        .put((byte) kind)
        .putInt(length)
        .put(content)
        .array();
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }

  private static byte[] clause(int... phonemes) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + phonemes.length).putInt(phonemes.length);
    Arrays.stream(phonemes).forEach(value -> bytes.put((byte) value));
    return bytes.putInt(0).array();
  }

  private static byte[] twice(byte[] frame) {
    byte[] both = Arrays.copyOf(frame, 2 * frame.length);
    System.arraycopy(frame, 0, both, frame.length, frame.length);
    return both;
  }
}
