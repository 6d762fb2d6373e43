package dev.ttsworker.http;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Synthesis request of the page.
///
/// @param model as clients write it; empty for the default
record SpeakRequest(String text, String model) {
  private static final int TOO_LARGE = 413;
  private static final int BYTES_PER_ESCAPED_CHARACTER = 6;
  private static final int OVERHEAD_BYTES = 1_024;
  private static final Set<String> FIELDS = Set.of("text", "model");

  /// Parses `{"text": …, "model": …}`; the model is optional.
  ///
  /// @param longest maximum characters of text
  /// @throws HttpError 413
  /// @throws WorkerException `MALFORMED_REQUEST`, `MISSING_FIELD`, `INVALID_FIELD` or
  ///   `TEXT_TOO_LONG`
  static SpeakRequest read(InputStream body, int longest) throws IOException {
    int most = longest * BYTES_PER_ESCAPED_CHARACTER + OVERHEAD_BYTES;
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new HttpError(TOO_LARGE, "The request has more than " + most + " bytes");
    }
    JsonNode root = JsonBody.object(bytes).orElseThrow(SpeakRequest::malformed);
    for (String name : root.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw invalid("The request has an unknown field; allowed: model, text");
      }
    }
    String text = string(root, "text");
    if (text.isBlank()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing text");
    }
    if (text.length() > longest) {
      throw new WorkerException(
          ErrorCode.TEXT_TOO_LONG,
          "text has " + text.length() + " characters; allowed: 1 to " + longest);
    }
    return new SpeakRequest(text, string(root, "model"));
  }

  private static WorkerException malformed() {
    return new WorkerException(
        ErrorCode.MALFORMED_REQUEST, "The request is not a JSON object with text and model");
  }

  private static WorkerException invalid(String message) {
    return new WorkerException(ErrorCode.INVALID_FIELD, message);
  }

  private static String string(JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (value.isMissingNode()) {
      return "";
    }
    if (!value.isString()) {
      throw invalid(name + " must be a string");
    }
    return value.stringValue();
  }
}
