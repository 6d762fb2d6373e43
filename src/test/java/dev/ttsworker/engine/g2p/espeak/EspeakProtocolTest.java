package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Answer;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Kind;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.ProtocolException;
import dev.ttsworker.engine.g2p.espeak.EspeakProtocol.Request;
import dev.ttsworker.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EspeakProtocolTest {
  @Test
  void requestArrivesAsItWasSent() throws IOException {
    Request sent = new Request(7, "en-us", "Grüße 😀");
    assertEquals(sent, Request.readFrom(in(bytes(sent))));
  }

  @Test
  void requestThatIsTooLongIsNotSent() {
    DataOutputStream out = new DataOutputStream(new ByteArrayOutputStream());
    assertThrows(
        ProtocolException.class, () -> new Request(1, "en", "x".repeat(8_001)).writeTo(out));
    assertThrows(ProtocolException.class, () -> new Request(1, "x".repeat(33), "x").writeTo(out));
    assertEquals(0, out.size());
  }

  /// The helper does not trust the worker either.
  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 8_001, Integer.MAX_VALUE})
  void requestOfAWrongLengthIsNotRead(int length) {
    byte[] request =
        ByteBuffer.allocate(15).putLong(1).put((byte) 2).put(new byte[2]).putInt(length).array();
    assertThrows(ProtocolException.class, () -> Request.readFrom(in(request)));
  }

  @ParameterizedTest
  @ValueSource(bytes = {-1, 33, 127, -128})
  void voiceOfAWrongLengthIsNotRead(byte length) {
    byte[] request = ByteBuffer.allocate(200).putLong(1).put(length).array();
    assertThrows(ProtocolException.class, () -> Request.readFrom(in(request)));
  }

  @Test
  void answerThatIsTooLongIsNotSent() {
    Request request = new Request(1, "en", "x");
    Answer answer =
        Answer.clauses(request, List.of(new EspeakLibrary.Clause("x".repeat(10_000), 0)));
    assertEquals(Kind.ENDLESS, answer.kind());
    assertEquals(0, answer.content().length);
  }

  @Test
  void bytesOfAnyKindAreAnAnswerOrAnError() throws IOException {
    Request request = new Request(1, "en", "x".repeat(100));
    byte[] valid =
        bytes(Answer.clauses(request, List.of(new EspeakLibrary.Clause("həlˈoʊ", 0x80028))));
    int failed = 0;
    for (int round = 0; round < 5_000; round++) {
      byte[] mutated =
          Fuzz.mutate(valid, List.of("\0\0\0\0", "\u007F", "é"), Fuzz.random(Fuzz.seed(), round));
      try {
        Answer answer = Answer.readFrom(in(mutated), 1, request.mostAnswerBytes());
        answer.clauses(request.mostClauses());
      } catch (IOException e) {
        failed++;
      }
    }
    assertTrue(failed > 1_000, failed + " of 5,000 " + Fuzz.where(0));
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static byte[] bytes(Request request) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    request.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static byte[] bytes(Answer answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
