package dev.ttsworker.http.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.http.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;

/// Request of speech. Members that it does not know are ignored.
///
/// @param voice as the client wrote it; empty for the default
record PiperRequest(String text, String voice) {
  private static final int BYTES_PER_ESCAPED_CHARACTER = 6;
  private static final int OVERHEAD_BYTES = 16 << 10;

  /// Parses `{"text": …, "voice": …}`; the voice is optional.
  ///
  /// @param longest maximum characters of text
  /// @throws WorkerException `MESSAGE_TOO_LARGE`, `MALFORMED_REQUEST`, `MISSING_FIELD`,
  ///   `INVALID_FIELD` or `TEXT_TOO_LONG`
  static PiperRequest read(InputStream body, int longest) throws IOException {
    int most = longest * BYTES_PER_ESCAPED_CHARACTER + OVERHEAD_BYTES;
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new WorkerException(
          ErrorCode.MESSAGE_TOO_LARGE, "The request has more than " + most + " bytes");
    }
    JsonNode root = JsonBody.object(bytes).orElseThrow(PiperRequest::malformed);
    String text = string(root, "text");
    if (text.isBlank()) {
      throw new WorkerException(
          ErrorCode.MISSING_FIELD, "text is empty; allowed: 1 to " + longest + " characters");
    }
    if (text.length() > longest) {
      throw new WorkerException(
          ErrorCode.TEXT_TOO_LONG,
          "text has " + text.length() + " characters; allowed: 1 to " + longest);
    }
    return new PiperRequest(text, string(root, "voice"));
  }

  private static WorkerException malformed() {
    return new WorkerException(
        ErrorCode.MALFORMED_REQUEST, "The request is not a JSON object with text and voice");
  }

  private static String string(JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw new WorkerException(ErrorCode.INVALID_FIELD, name + " must be a string");
    }
    return value.stringValue();
  }
}
