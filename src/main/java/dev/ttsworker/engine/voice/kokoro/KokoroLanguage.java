package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.g2p.FrontEnds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Language of a Kokoro speaker, by the first letter of its name, and what reads it.
enum KokoroLanguage {
  AMERICAN('a', KokoroLanguage.ENGLISH, "en-us"),
  BRITISH('b', KokoroLanguage.ENGLISH, "en-gb"),
  SPANISH('e', FrontEnds.ESPEAK, "es"),
  FRENCH('f', FrontEnds.ESPEAK, "fr"),
  HINDI('h', FrontEnds.ESPEAK, "hi"),
  ITALIAN('i', FrontEnds.ESPEAK, "it"),
  PORTUGUESE('p', FrontEnds.ESPEAK, "pt-br"),
  /// No front end here writes the phonemes that the model was trained on.
  JAPANESE('j', "", ""),
  /// As Japanese.
  CHINESE('z', "", "");

  /// Front end whose phonemes are the model's own.
  static final String ENGLISH = "english";

  /// What eSpeak NG writes as two signs and the model has as one.
  private static final Map<String, String> ESPEAK_PAIRS =
      Map.of(
          "aɪ", "I", "aʊ", "W", "eɪ", "A", "oʊ", "O", "əʊ", "Q", "ɔɪ", "Y", "dʒ", "ʤ", "tʃ", "ʧ",
          "ts", "ʦ", "dz", "ʣ");

  private final char letter;
  private final String frontEnd;
  private final String variety;

  KokoroLanguage(char letter, String frontEnd, String variety) {
    this.letter = letter;
    this.frontEnd = frontEnd;
    this.variety = variety;
  }

  /// The language of a speaker; empty when no language has its first letter.
  static Optional<KokoroLanguage> of(String speaker) {
    return Arrays.stream(values()).filter(it -> speaker.charAt(0) == it.letter).findFirst();
  }

  /// First letters of all languages.
  static String letters() {
    return Arrays.stream(values())
        .map(it -> Character.toString(it.letter))
        .collect(Collectors.joining(", "));
  }

  /// Name of the front end that reads it; empty when there is none.
  String frontEnd() {
    return frontEnd;
  }

  /// The language as its front end names it.
  String variety() {
    return variety;
  }

  /// BCP 47 tags, the most specific first; none when nothing reads it.
  List<String> tags() {
    return switch (this) {
      case AMERICAN -> List.of("en-US", "en");
      case BRITISH -> List.of("en-GB", "en");
      case SPANISH -> List.of("es");
      case FRENCH -> List.of("fr-FR", "fr");
      case HINDI -> List.of("hi");
      case ITALIAN -> List.of("it");
      case PORTUGUESE -> List.of("pt-BR", "pt");
      case JAPANESE, CHINESE -> List.of();
    };
  }

  /// As for [dev.ttsworker.engine.voice.sentence.PhonemeVocabulary].
  Map<String, String> pairs() {
    Map<String, String> pairs =
        new HashMap<>(frontEnd.equals(FrontEnds.ESPEAK) ? ESPEAK_PAIRS : Map.of());
    if (this == HINDI) {
      pairs.put("r.", "ɽ");
    }
    return pairs;
  }
}
