package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.voice.piper.PiperConfig.PhonemeType;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Fields;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /// Reads and checks one file.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` naming file, field, value and what is allowed
  public PiperConfig read(Path file) {
    Fields fields = Fields.json(file, MAX_BYTES);
    Fields inference = fields.inner("inference");
    PhonemeType type = phonemeType(fields);
    int speakers = fields.wholeNumber("num_speakers", 1, 1, MAX_SPEAKERS);
    return new PiperConfig(
        (int) fields.inner("audio").wholeNumber("sample_rate", 8_000, 48_000),
        fields.inner("audio").text("quality").orElse(""),
        espeakVoice(fields.inner("espeak"), type),
        fields.inner("language").text("code").orElse(""),
        type,
        speakers,
        speakers(fields.map("speaker_id_map"), speakers),
        inference.number("noise_scale", 0.667f, 0f, 10f),
        inference.number("length_scale", 1f, 0.05f, 20f),
        inference.number("noise_w", 0.8f, 0f, 10f),
        phonemeIds(fields),
        phonemeMap(fields.map("phoneme_map")),
        fields.wholeNumber("hop_length", 256, 1, MAX_HOP));
  }

  /// Some stock voices have the name of Piper's own enum there, "PhonemeType.ESPEAK".
  private static PhonemeType phonemeType(Fields fields) {
    return switch (fields.text("phoneme_type").orElse("").toLowerCase(Locale.ROOT)) {
      case "", "espeak", "phonemetype.espeak" -> PhonemeType.ESPEAK;
      case "text", "phonemetype.text" -> PhonemeType.TEXT;
      default -> throw fields.invalid("phoneme_type", "espeak, text");
    };
  }

  private static String espeakVoice(Fields espeak, PhonemeType type) {
    String voice = espeak.text("voice").orElse("");
    if (voice.isEmpty() && type == PhonemeType.ESPEAK) {
      throw espeak.invalid("voice", "a name of an eSpeak NG voice such as en-us");
    }
    return voice;
  }

  private static Map<String, Integer> speakers(Fields ids, int count) {
    Map<String, Integer> speakers = new LinkedHashMap<>();
    ids.names().forEach(name -> speakers.put(name, (int) ids.wholeNumber(name, 0, count - 1)));
    return speakers;
  }

  private static Map<String, List<Integer>> phonemeIds(Fields fields) {
    Fields map = fields.map("phoneme_id_map");
    Map<String, List<Integer>> ids = new LinkedHashMap<>();
    map.names().forEach(phoneme -> ids.put(phoneme, map.wholeNumbers(phoneme, 0, MAX_PHONEME_ID)));
    if (!ids.keySet().containsAll(MARKS)) {
      throw fields.invalid("phoneme_id_map", "a map that has ^, _ and $");
    }
    return ids;
  }

  private static Map<String, List<String>> phonemeMap(Fields map) {
    Map<String, List<String>> replacements = new LinkedHashMap<>();
    map.names().forEach(phoneme -> replacements.put(phoneme, map.strings(phoneme)));
    return replacements;
  }
}
