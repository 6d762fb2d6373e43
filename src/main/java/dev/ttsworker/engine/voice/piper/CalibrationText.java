package dev.ttsworker.engine.voice.piper;

import java.util.List;
import java.util.Locale;

/// Calibration sentences, which a voice's loudness is measured with, about nine seconds together.
final class CalibrationText {
  private static final List<String> ENGLISH =
      List.of(
          "The morning train was late, but nobody seemed to mind.",
          "Please leave your message after the tone, and we will call you back.",
          "How many of these old letters did she keep in the house?");

  /// Digits are read in the voice's own language, whichever it is.
  private static final List<String> ANY_LANGUAGE =
      List.of("12, 345, 67, 890.", "31, 74, 52, 96, 18.", "2, 40, 600, 8, 15.");

  private static final int LETTERS = 60;
  private static final int WORD_LENGTH = 5;

  private CalibrationText() {}

  static List<String> of(PiperConfig config) {
    return switch (config.phonemeType()) {
      case ESPEAK -> isEnglish(config) ? ENGLISH : ANY_LANGUAGE;
      case TEXT -> List.of(ownLetters(config));
    };
  }

  private static boolean isEnglish(PiperConfig config) {
    return (config.languageCode() + " " + config.espeakVoice())
        .toLowerCase(Locale.ROOT)
        .matches("en\\b.*|en[_-].*|\\s*en\\b.*");
  }

  private static String ownLetters(PiperConfig config) {
    List<String> letters =
        config.phonemeIds().keySet().stream()
            .filter(key -> !key.isEmpty() && Character.isLetter(key.codePointAt(0)))
            .sorted()
            .toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LETTERS && !letters.isEmpty(); i++) {
      text.append(letters.get(i % letters.size()));
      if (i % WORD_LENGTH == WORD_LENGTH - 1) {
        text.append(' ');
      }
    }
    return text.toString();
  }
}
