package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that the page may send.
final class SpeakRequestTest {
  private static final int LONGEST = 10;

  @Test
  void textAndModelAreRead() throws IOException {
    assertEquals(
        new SpeakRequest("Hé \"you\"", "piper"),
        read("{'model': 'piper', 'text': 'Hé \\\"you\\\"'}"));
    assertEquals(new SpeakRequest("0123456789", ""), read("{'text': '0123456789'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~ | MALFORMED_REQUEST | The request is not a JSON object with text and model",
        "[] | MALFORMED_REQUEST | The request is not a JSON object with text and model",
        "{'text': secret} | MALFORMED_REQUEST | The request is not a JSON object with text and"
            + " model",
        "{'model': 'm'} | MISSING_FIELD | Missing text",
        "{'text': ' '} | MISSING_FIELD | Missing text",
        "{'text': 1} | INVALID_FIELD | text must be a string",
        "{'text': 'a', 'model': []} | INVALID_FIELD | model must be a string",
        "{'text': 'a', 'x': 1} | INVALID_FIELD | The request has an unknown field; allowed: model,"
            + " text",
        "{'text': '01234567890'} | TEXT_TOO_LONG | text has 11 characters; allowed: 1 to 10"
      })
  void badRequestIsRefused(String json, ErrorCode code, String message) {
    WorkerException refused = assertThrows(WorkerException.class, () -> read(json));
    assertEquals(code, refused.code());
    assertEquals(message, refused.getMessage());
  }

  @Test
  void readingStopsAtTheLongestPossibleRequest() {
    int most = LONGEST * 6 + 1_024;
    String spaces = "{'text': '" + " ".repeat(most) + "'}";
    assertEquals(413, assertThrows(HttpError.class, () -> read(spaces)).status());
  }

  private static SpeakRequest read(String json) throws IOException {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return SpeakRequest.read(new ByteArrayInputStream(bytes), LONGEST);
  }
}
