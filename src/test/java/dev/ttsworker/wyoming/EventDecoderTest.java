package dev.ttsworker.wyoming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.WorkerException;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventDecoderTest {
  private static final int MAX_BYTES = 100;

  private final EventDecoder decoder = new EventDecoder(MAX_BYTES);
  private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

  private void write(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
  }

  private List<String> events() {
    List<String> events = new ArrayList<>();
    WyomingEvent event = channel.readInbound();
    while (event != null) {
      events.add(event.type() + " " + event.data());
      event = channel.readInbound();
    }
    return events;
  }

  @Test
  void dataIsInTheLineOrBehindItWhichGoesFirst() {
    write("{\"type\":\"a\"}\n");
    write("{\"type\":\"b\",\"data\":{\"x\":1}}\n");
    write("{\"type\":\"c\",\"version\":\"1.10.2\",\"data_length\":7}\n{\"x\":2}");
    write("{\"type\":\"d\",\"data\":{\"x\":1,\"y\":1},\"data_length\":9}\n{\n\"x\":2\n}");
    write("{\"type\":\"e\",\"data\":null,\"data_length\":null,\"payload_length\":0}\r\n");
    assertEquals(
        List.of("a {}", "b {\"x\":1}", "c {\"x\":2}", "d {\"x\":2,\"y\":1}", "e {}"), events());
  }

  @Test
  void payloadsAreSkipped() {
    write("{\"type\":\"a\",\"data_length\":2,\"payload_length\":4}\n{}\n{}\n{\"type\":\"b\"}\n");
    assertEquals(List.of("a {}", "b {}"), events());
    write("{\"type\":\"c\",\"payload_length\":1048576}\n");
    for (int i = 0; i < 1024; i++) {
      assertTrue(decoder.isUnfinished());
      write("x".repeat(1024));
    }
    assertFalse(decoder.isUnfinished());
    write("{\"type\":\"d\"}\n");
    assertEquals(List.of("c {}", "d {}"), events());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 17, 1000})
  void eventsComeInPiecesOfAnySize(int size) {
    String all =
        "{\"type\":\"a\",\"data\":{\"t\":\"é\"},\"data_length\":12,\"payload_length\":3}\n"
            + "{\"x\":\"ßé\"}abc{\"type\":\"b\"}\n{\"type\":\"c\",\"data_length\":2}\n{}";
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += size) {
      channel.writeInbound(Unpooled.copiedBuffer(bytes, i, Math.min(size, bytes.length - i)));
    }
    assertEquals(List.of("a {\"t\":\"é\",\"x\":\"ßé\"}", "b {}", "c {}"), events());
    assertFalse(decoder.isUnfinished());
  }

  @Test
  void unfinishedEventsAreKnown() {
    assertFalse(decoder.isUnfinished());
    write("{");
    assertTrue(decoder.isUnfinished());
    write("\"type\":\"a\",\"data_length\":2}\n");
    assertTrue(decoder.isUnfinished());
    write("{}");
    assertFalse(decoder.isUnfinished());
    write("{\"type\":\"b\",\"data_length\":2}\n{");
    assertEquals(List.of("a {}"), events());
    assertFalse(channel.finish(), "what is not complete is no event");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MALFORMED_REQUEST | The line of an event is not a JSON object | what?~
          MALFORMED_REQUEST | The line of an event is not a JSON object | ~
          MALFORMED_REQUEST | The line of an event is not a JSON object | [1]~
          MALFORMED_REQUEST | The line of an event is not a JSON object | {"type":"a"} {}~
          MALFORMED_REQUEST | The line of an event has no type | {}~
          MALFORMED_REQUEST | The line of an event has no type | {"type":""}~
          MALFORMED_REQUEST | The line of an event has no type | {"type":5}~
          MALFORMED_REQUEST | The data of an event is not a JSON object | {"type":"a","data":[]}~
          MALFORMED_REQUEST | The data of an event is not a JSON object | {"type":"a","data_length":2}~[]
          MALFORMED_REQUEST | The data of an event is not a JSON object | {"type":"a","data_length":2}~{{
          MALFORMED_REQUEST | data_length is not a whole number; allowed: 0 to 100 | {"type":"a","data_length":"2"}~
          MALFORMED_REQUEST | data_length is not a whole number; allowed: 0 to 100 | {"type":"a","data_length":-1}~
          MALFORMED_REQUEST | data_length is not a whole number; allowed: 0 to 100 | {"type":"a","data_length":1.5}~
          MALFORMED_REQUEST | data_length is not a whole number; allowed: 0 to 100 | {"type":"a","data_length":99999999999999999999}~
          MESSAGE_TOO_LARGE | data_length is 101; allowed: 0 to 100 | {"type":"a","data_length":101}~
          MESSAGE_TOO_LARGE | payload_length is 1048577; allowed: 0 to 1048576 | {"type":"a","payload_length":1048577}~
          """)
  void whatIsNotTheProtocolFails(String code, String message, String text) {
    assertFails(code, message, text.replace('~', '\n'));
  }

  @Test
  void longLinesFailWithAndWithoutAnEnd() {
    write("x".repeat(MAX_BYTES));
    assertFails("MESSAGE_TOO_LARGE", "The line of an event has more than 100 bytes", "x");
    EmbeddedChannel other = new EmbeddedChannel(new EventDecoder(MAX_BYTES));
    assertThrows(
        DecoderException.class,
        () ->
            other.writeInbound(
                Unpooled.copiedBuffer(" ".repeat(MAX_BYTES + 1) + "\n", StandardCharsets.UTF_8)));
    String line = "{\"type\":\"%s\"}";
    write("");
    EmbeddedChannel longest = new EmbeddedChannel(new EventDecoder(MAX_BYTES));
    assertTrue(
        longest.writeInbound(
            Unpooled.copiedBuffer(
                line.formatted("x".repeat(MAX_BYTES - line.length() + 2)) + "\n",
                StandardCharsets.UTF_8)));
  }

  private void assertFails(String code, String message, String text) {
    DecoderException failure = assertThrows(DecoderException.class, () -> write(text));
    WorkerException cause = assertInstanceOf(WorkerException.class, failure.getCause());
    assertEquals(code + ": " + message, cause.code() + ": " + cause.getMessage());
    write("{\"type\":\"a\"}\n");
    assertNull(channel.readInbound(), "nothing is decoded after a failure");
    assertFalse(decoder.isUnfinished());
  }
}
