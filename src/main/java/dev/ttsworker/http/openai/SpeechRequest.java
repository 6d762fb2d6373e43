package dev.ttsworker.http.openai;

import dev.ttsworker.codec.FileFormat;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.http.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Request of speech. Members that it does not know are ignored, as clients send many.
///
/// @param model as the client wrote it; empty when it said none
/// @param voice likewise
/// @param events whether the audio is sent as server-sent events
record SpeechRequest(
    String input, String model, String voice, FileFormat format, double speed, boolean events) {
  private static final int TOO_LARGE = 413;
  private static final int BYTES_PER_ESCAPED_CHARACTER = 6;
  private static final int OVERHEAD_BYTES = 16 << 10;
  private static final int LARGEST_OF_MANY = 400_000;

  /// Parses a request.
  ///
  /// @param longest maximum characters of input
  /// @throws OpenAiError naming the member, its value and what is allowed
  static SpeechRequest read(InputStream body, int longest) throws IOException {
    int most = Math.max(LARGEST_OF_MANY, longest * BYTES_PER_ESCAPED_CHARACTER + OVERHEAD_BYTES);
    byte[] bytes = body.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new OpenAiError(
          TOO_LARGE, "The request has more than " + most + " bytes", "", "request_too_large");
    }
    JsonNode root = JsonBody.object(bytes).orElseThrow(SpeechRequest::malformed);
    String input = string(root, "input");
    if (input.isBlank()) {
      throw OpenAiError.invalid(
          "input", "input is empty; allowed: 1 to " + longest + " characters");
    }
    if (input.length() > longest) {
      throw new OpenAiError(
          400,
          "input has " + input.length() + " characters; allowed: 1 to " + longest,
          "input",
          "string_above_max_length");
    }
    return new SpeechRequest(
        input,
        string(root, "model").strip(),
        voice(root),
        format(string(root, "response_format")),
        speed(root),
        events(string(root, "stream_format")));
  }

  private static OpenAiError malformed() {
    return new OpenAiError(400, "The request is not a JSON object", "", "malformed_request");
  }

  /// A name, or an object with an id.
  private static String voice(JsonNode root) {
    JsonNode voice = root.path("voice");
    return voice.isObject() ? string(voice, "id").strip() : string(root, "voice").strip();
  }

  private static FileFormat format(String name) {
    if (name.isEmpty()) {
      return FileFormat.MP3;
    }
    return Arrays.stream(FileFormat.values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(() ->
            OpenAiError.invalid(
                "response_format",
                "response_format is "
                    + shown(name)
                    + "; allowed: "
                    + Arrays.stream(FileFormat.values())
                        .map(format -> format.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
  }

  private static double speed(JsonNode root) {
    JsonNode speed = root.path("speed");
    if (speed.isMissingNode() || speed.isNull()) {
      return 1;
    }
    if (!speed.isNumber()
        || speed.doubleValue() < VoiceSettings.SLOWEST
        || speed.doubleValue() > VoiceSettings.FASTEST) {
      throw OpenAiError.invalid(
          "speed",
          "speed is "
              + shown(speed.toString())
              + "; allowed: "
              + VoiceSettings.SLOWEST
              + " to "
              + VoiceSettings.FASTEST);
    }
    return speed.doubleValue();
  }

  private static boolean events(String name) {
    return switch (name) {
      case "", "audio" -> false;
      case "sse" -> true;
      default ->
          throw OpenAiError.invalid(
              "stream_format", "stream_format is " + shown(name) + "; allowed: audio, sse");
    };
  }

  private static String string(JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw OpenAiError.invalid(name, name + " must be a string");
    }
    return value.stringValue();
  }

  private static String shown(String value) {
    return value.length() > 60 ? value.substring(0, 60) + "…" : value;
  }
}
