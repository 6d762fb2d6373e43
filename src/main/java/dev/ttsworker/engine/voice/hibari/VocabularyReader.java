package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.JsonFields;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reader of a hibari voice's `vocab.json`: an object of signs, each one code point, and their
/// numbers. Thread-safe.
final class VocabularyReader {
  static final String FILE = "vocab.json";

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_NUMBER = 65_535;

  /// Without this sign words would run into each other.
  private static final String BLANK = " ";

  private final JsonMapper mapper = new JsonMapper();

  /// Reads and checks one file.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` naming file, field, value and what is allowed
  Map<String, Integer> read(Path file) {
    JsonFields fields = new JsonFields(Printable.shortName(file));
    JsonNode root = parse(file);
    if (!root.isObject() || root.isEmpty()) {
      throw fields.invalid("content", root, "an object of signs and their numbers");
    }
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      String sign = entry.getKey();
      if (sign.codePointCount(0, sign.length()) != 1) {
        throw fields.invalid("sign '" + sign + "'", entry.getValue(), "signs of one code point");
      }
      numbers.put(sign, fields.wholeNumber("'" + sign + "'", entry.getValue(), 1, MAX_NUMBER));
    }
    if (!numbers.containsKey(BLANK)) {
      throw fields.invalid("' '", root.path(BLANK), "a number of the blank");
    }
    return numbers;
  }

  private JsonNode parse(Path file) {
    String name = Printable.shortName(file);
    try {
      return mapper.readTree(SmallFile.read(file, MAX_BYTES));
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, name + ": cannot be read: " + SmallFile.reason(e), e);
    } catch (JacksonException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s: not valid JSON: %s"
              .formatted(name, Printable.printable(e.getOriginalMessage(), 200)),
          e);
    }
  }
}
