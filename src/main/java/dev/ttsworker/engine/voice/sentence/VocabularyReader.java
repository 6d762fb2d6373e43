package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Fields;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reader of the `vocab.json` of a hibari or Kokoro voice: an object of signs, each one code point,
/// and their numbers. Thread-safe.
public final class VocabularyReader {
  public static final String FILE = "vocab.json";

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_NUMBER = 65_535;

  /// Without this sign words would run into each other.
  private static final String BLANK = " ";

  /// Reads and checks one file.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` naming file, field, value and what is allowed
  public Map<String, Integer> read(Path file) {
    Fields fields = Fields.json(file, MAX_BYTES);
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (String sign : fields.names()) {
      if (sign.codePointCount(0, sign.length()) != 1) {
        throw fields.invalid("sign '" + sign + "'", sign, "signs of one code point");
      }
      numbers.put(sign, (int) fields.wholeNumber(sign, 1, MAX_NUMBER));
    }
    if (!numbers.containsKey(BLANK)) {
      throw fields.invalid("' '", "a number of the blank");
    }
    return numbers;
  }
}
