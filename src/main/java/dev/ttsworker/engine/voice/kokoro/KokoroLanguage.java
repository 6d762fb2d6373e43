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
  AMERICAN('a', KokoroLanguage.ENGLISH, "en-us", "en-US", "en"),
  BRITISH('b', KokoroLanguage.ENGLISH, "en-gb", "en-GB", "en"),
  SPANISH('e', FrontEnds.ESPEAK, "es", "es"),
  FRENCH('f', FrontEnds.ESPEAK, "fr", "fr-FR", "fr"),
  HINDI('h', FrontEnds.ESPEAK, "hi", "hi"),
  ITALIAN('i', FrontEnds.ESPEAK, "it", "it"),
  PORTUGUESE('p', FrontEnds.ESPEAK, "pt-br", "pt-BR", "pt"),
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
  private final List<String> tags;

  KokoroLanguage(char letter, String frontEnd, String variety, String... tags) {
    this.letter = letter;
    this.frontEnd = frontEnd;
    this.variety = variety;
    this.tags = List.of(tags);
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
    return tags;
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
