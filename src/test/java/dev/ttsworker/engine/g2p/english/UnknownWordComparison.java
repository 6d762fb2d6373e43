package dev.ttsworker.engine.g2p.english;

import dev.ttsworker.engine.g2p.Phonemizer;
import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.g2p.espeak.NativeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/// Accuracy of the net for unknown words, and of eSpeak NG, on 1,500 words of CMUdict that the gold
/// lexicon lacks. Stress is ignored; reduced vowels, the flap, and the vowels of "cot" and "caught"
/// count as equal.
///
/// Usage: `UnknownWordComparison DATA CMUDICT` with `-Dtts.native.directory` of the build.
final class UnknownWordComparison {
  private static final int WORDS = 1_500;

  private UnknownWordComparison() {}

  public static void main(String[] arguments) throws IOException {
    EnglishModel model = EnglishData.open(Path.of(arguments[0])).load(Accent.AMERICAN);
    Map<String, String> entries =
        LexiconCompiler.cmu(Files.readAllLines(Path.of(arguments[1])), List.of(Map.of()));
    List<String> words = new ArrayList<>();
    for (String word : entries.keySet().stream().sorted().toList()) {
      if (word.matches("[a-z]{3,}") && !model.lexicon().has(word)) {
        words.add(word);
      }
    }
    Collections.shuffle(words, new Random(17));
    List<String> chosen = words.subList(0, Math.min(WORDS, words.size()));
    print("net", chosen, entries, word -> model.net().pronounce(word).orElse(""));
    try (EspeakPool pool = NativeFolder.pool(1)) {
      Phonemizer espeak = pool.forVoice("en-us");
      print("eSpeak NG", chosen, entries, word -> String.join("", espeak.phonemize(word)));
    }
  }

  private static void print(
      String name, List<String> words, Map<String, String> entries, UnaryOperator<String> spoken) {
    int right = 0;
    int errors = 0;
    int phonemes = 0;
    for (String word : words) {
      String expected = folded(entries.getOrDefault(word, ""));
      int distance = distance(folded(spoken.apply(word)), expected);
      right += distance == 0 ? 1 : 0;
      errors += distance;
      phonemes += expected.length();
    }
    System.out.printf(
        "%s: %d words, %.1f %% right, phoneme errors %.1f %%%n",
        name, words.size(), 100.0 * right / words.size(), 100.0 * errors / phonemes);
  }

  private static String folded(String phonemes) {
    return EnglishIpa.toAlphabet(phonemes.replace("oː", "ɔ"), Accent.AMERICAN)
        .replaceAll("[ˈˌ .,]", "")
        .replaceAll("[ɾT]", "t")
        .replace('ɔ', 'ɑ')
        .replaceAll("[ᵊᵻɐʌɜ]", "ə")
        .replaceAll("ɪ(?!ɹ)", "ə");
  }

  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
