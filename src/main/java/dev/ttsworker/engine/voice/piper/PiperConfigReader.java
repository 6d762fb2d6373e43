package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.voice.piper.PiperConfig.PhonemeType;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.JsonFields;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reader of a Piper voice's `*.onnx.json`. Fields that have a default may be missing; those
/// without one (`audio.sample_rate`, `espeak.voice` of eSpeak voices, `phoneme_id_map`) must be
/// there, since a guess would speak wrongly without anybody noticing. Thread-safe.
public final class PiperConfigReader {
  /// Largest file that is read, in bytes.
  public static final int MAX_BYTES = 8 << 20;

  private static final int MAX_SPEAKERS = 100_000;
  private static final int MAX_PHONEME_ID = 65_535;
  private static final int MAX_HOP = 8_192;
  private static final List<String> MARKS = List.of("^", "_", "$");

  private final JsonMapper mapper = new JsonMapper();

  /// Reads and checks one file.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` naming file, field, value and what is allowed
  public PiperConfig read(Path file) {
    JsonNode root = parse(file);
    JsonFields fields = new JsonFields(Printable.shortName(file));
    if (!root.isObject()) {
      throw fields.invalid("content", root, "a JSON object");
    }
    PhonemeType type = phonemeType(fields, root);
    int speakers = fields.wholeNumber(root, "/num_speakers", 1, 1, MAX_SPEAKERS);
    return new PiperConfig(
        fields.requiredNumber(root, "/audio/sample_rate", 8_000, 48_000),
        fields.text(root, "/audio/quality"),
        espeakVoice(fields, root, type),
        fields.text(root, "/language/code"),
        type,
        speakers,
        speakers(fields, root, speakers),
        fields.number(root, "/inference/noise_scale", 0.667f, 0f, 10f),
        fields.number(root, "/inference/length_scale", 1f, 0.05f, 20f),
        fields.number(root, "/inference/noise_w", 0.8f, 0f, 10f),
        phonemeIds(fields, root),
        phonemeMap(fields, root),
        fields.wholeNumber(root, "/hop_length", 256, 1, MAX_HOP));
  }

  private JsonNode parse(Path file) {
    String name = Printable.shortName(file);
    try {
      return mapper.readTree(SmallFile.read(file, MAX_BYTES));
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK, name + ": cannot be read: " + SmallFile.reason(e), e);
    } catch (JacksonException e) {
      String reason = Printable.printable(e.getOriginalMessage(), 200);
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s: not valid JSON at line %d: %s".formatted(name, line(e), reason),
          e);
    }
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }

  /// Some stock voices have the name of Piper's own enum there, "PhonemeType.ESPEAK".
  private static PhonemeType phonemeType(JsonFields fields, JsonNode root) {
    String name = fields.text(root, "/phoneme_type").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "", "espeak", "phonemetype.espeak" -> PhonemeType.ESPEAK;
      case "text", "phonemetype.text" -> PhonemeType.TEXT;
      default -> throw fields.invalid("phoneme_type", root.at("/phoneme_type"), "espeak, text");
    };
  }

  private static String espeakVoice(JsonFields fields, JsonNode root, PhonemeType type) {
    String voice = fields.text(root, "/espeak/voice");
    if (voice.isEmpty() && type == PhonemeType.ESPEAK) {
      throw fields.invalid(
          "espeak.voice", root.at("/espeak/voice"), "a name of an eSpeak NG voice such as en-us");
    }
    return voice;
  }

  private static Map<String, Integer> speakers(JsonFields fields, JsonNode root, int count) {
    Map<String, Integer> speakers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.members(root, "/speaker_id_map")) {
      String field = "speaker_id_map." + entry.getKey();
      speakers.put(entry.getKey(), fields.wholeNumber(field, entry.getValue(), 0, count - 1));
    }
    return speakers;
  }

  private static Map<String, List<Integer>> phonemeIds(JsonFields fields, JsonNode root) {
    Map<String, List<Integer>> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.members(root, "/phoneme_id_map")) {
      String field = "phoneme_id_map." + entry.getKey();
      ids.put(entry.getKey(), fields.wholeNumbers(field, entry.getValue(), 0, MAX_PHONEME_ID));
    }
    for (String mark : MARKS) {
      if (!ids.containsKey(mark)) {
        throw fields.invalid(
            "phoneme_id_map", root.at("/phoneme_id_map"), "a map that has ^, _ and $");
      }
    }
    return ids;
  }

  private static Map<String, List<String>> phonemeMap(JsonFields fields, JsonNode root) {
    Map<String, List<String>> replacements = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.members(root, "/phoneme_map")) {
      String field = "phoneme_map." + entry.getKey();
      replacements.put(entry.getKey(), fields.texts(field, entry.getValue()));
    }
    return replacements;
  }
}
