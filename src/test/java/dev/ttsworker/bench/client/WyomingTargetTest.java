package dev.ttsworker.bench.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.client.Security;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WyomingTargetTest {
  private static final String STOP = "{\"type\":\"audio-stop\"}\n";
  private static final String FORM = "{\"rate\":22050,\"width\":2,\"channels\":1}";

  private FakeWyoming server;
  private SpeechTarget target;
  private SpeechStream stream;
  private HeardSpeech heard;

  @BeforeEach
  void open() throws IOException {
    server = new FakeWyoming();
    String address = "wyoming://" + server.host() + ":" + server.port();
    target = Targets.connect(address, Security.NONE, Thread.ofVirtual().factory()).orElseThrow();
    stream = target.open();
    heard = new HeardSpeech();
  }

  @AfterEach
  void close() {
    stream.close();
    target.close();
    server.close();
  }

  private static String chunk(String form, String payload) {
    return "{\"type\":\"audio-chunk\",\"data\":%s,\"payload_length\":%d}\n%s"
        .formatted(form, payload.length(), payload);
  }

  @Test
  void soundComesAsTheServerSendsIt() throws InterruptedException {
    server.answerWith(
        "{\"type\":\"audio-start\",\"data\":"
            + FORM
            + "}\n"
            + chunk(FORM, "\n\u0001")
            + chunk(FORM, "")
            + chunk(FORM.replace("22050", "16000"), "\u0002\u0003\u00ff\u0080")
            + STOP);
    stream.speak("He said \"no\", né.", heard);
    assertEquals(
        "1 {\"data\":{\"text\":\"He said \\\"no\\\", né.\"},\"type\":\"synthesize\"}",
        sorted(server.next()));
    assertEquals("22050 [10, 1]", heard.next());
    assertEquals("16000 [2, 3, -1, -128]", heard.next());
    assertEquals("ended", heard.next());
    assertEquals("[]", heard.rest());
  }

  /// The order of an object's fields is nobody's promise.
  private static String sorted(String event) {
    return event.startsWith("1 {\"type\"")
        ? "1 {"
            + event.substring(event.indexOf("\"data\""), event.length() - 1)
            + ",\"type\":\"synthesize\"}"
        : event;
  }

  @Test
  void dataMayFollowTheLine() throws InterruptedException {
    server.answerWith(
        "{\"type\":\"audio-chunk\",\"data\":{\"rate\":1,\"width\":2},\"version\":\"1.10\","
            + "\"data_length\":28,\"payload_length\":2}\n{\"rate\":22050,\n\"channels\":1}ab"
            + STOP);
    stream.speak("Hello.", heard);
    assertEquals("22050 [97, 98]", heard.next());
    assertEquals("ended", heard.next());
  }

  @Test
  void callsShareOneConnection() throws InterruptedException {
    for (int call = 0; call < 3; call++) {
      server.answerWith(STOP);
      stream.speak("Hello.", heard);
      assertEquals("ended", heard.next());
      assertTrue(server.next().startsWith("1 {"));
    }
    stream.close();
    assertEquals("1 gone", server.next());
  }

  @Test
  void anErrorOfTheServerIsAFailureAndTheNextCallConnectsAnew() throws InterruptedException {
    server.answerWith(
        "{\"type\":\"error\",\"data\":{\"text\":\"no such voice\",\"code\":\"X\"}}\n");
    server.answerWith(STOP);
    stream.speak("Hello.", heard);
    assertEquals("failed: the server says: no such voice", heard.next());
    assertTrue(server.next().startsWith("1 {"));
    assertEquals("1 gone", server.next());
    stream.speak("Hello.", heard);
    assertEquals("ended", heard.next());
    assertTrue(server.next().startsWith("2 {"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "HANG UP | the server hung up",
        "{\"type\":\"audio-chunk\",\"payload_length\":9}~abcHANG UP"
            + " | the server hung up within an event",
        "what? ~ | what came is not JSON",
        "[1]~ | an event is not a JSON object: [1]",
        "{\"type\":\"audio-stop\",\"payload_length\":-1}~"
            + " | payload_length is -1; allowed are 0 to 67108864",
        "{\"type\":\"audio-stop\",\"data_length\":1048577}~"
            + " | data_length is 1048577; allowed are 0 to 1048576",
      })
  void whatIsNotTheProtocolIsAFailure(String answer, String reason) throws InterruptedException {
    server.answerWith(answer.replace('~', '\n'));
    stream.speak("Hello.", heard);
    assertEquals("failed: " + reason, heard.next());
    assertEquals("[]", heard.rest());
  }

  @ParameterizedTest
  @CsvSource({"22050,4,1,4", "22050,2,2,4", "0,2,1,4", "22050,2,1,3"})
  void otherSoundIsAFailure(int rate, int width, int channels, int length)
      throws InterruptedException {
    String form = "{\"rate\":%d,\"width\":%d,\"channels\":%d}".formatted(rate, width, channels);
    server.answerWith(chunk(form, "x".repeat(length)) + STOP);
    stream.speak("Hello.", heard);
    assertEquals(
        "failed: %d bytes of sound with rate %d, width %d, channels %d"
                .formatted(length, rate, width, channels)
            + "; allowed are whole samples of width 2 and one channel",
        heard.next());
  }

  @Test
  void cancelHangsUp() throws InterruptedException {
    server.answerWith(chunk(FORM, "ab"));
    server.answerWith(STOP);
    SpeechCall call = stream.speak("Hello.", heard);
    assertEquals("22050 [97, 98]", heard.next());
    call.cancel();
    assertEquals("failed: cancelled by the benchmark", heard.next());
    assertTrue(server.next().startsWith("1 {"));
    assertEquals("1 gone", server.next());
    stream.speak("Hello.", heard);
    assertEquals("ended", heard.next());
    call.cancel();
    assertTrue(server.next().startsWith("2 {"));
    server.answerWith(STOP);
    stream.speak("Hello.", heard);
    assertEquals("ended", heard.next());
    assertTrue(server.next().startsWith("2 {"), "a late cancel leaves the next call alone");
  }

  @Test
  void closingTheStreamEndsItsCall() throws InterruptedException {
    server.answerWith(chunk(FORM, "ab"));
    stream.speak("Hello.", heard);
    assertEquals("22050 [97, 98]", heard.next());
    stream.close();
    assertEquals("failed: cancelled by the benchmark", heard.next());
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    int port = server.port();
    server.close();
    WorkerException failure = assertThrows(WorkerException.class, target::open);
    assertTrue(failure.getMessage().contains(":" + port + ": "), failure.getMessage());
  }
}
