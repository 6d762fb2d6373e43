package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.english.Heteronyms.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HeteronymsTest {
  private static List<Token> tokens(String... words) {
    List<Token> tokens = new ArrayList<>();
    for (String word : words) {
      tokens.add(new Token(word, 0, word.length(), true, "NN", -1));
    }
    return tokens;
  }

  @Test
  void thoseOfThisBuildKnowMusicFromFish() {
    Heteronyms heteronyms = Heteronyms.load();
    assertTrue(heteronyms.words().size() > 150, heteronyms.words().toString());
    List<Token> music = tokens("he", "played", "bass", "guitar", "and", "drums");
    List<Token> fish = tokens("fishing", "for", "bass", "and", "trout");
    assertEquals(Optional.of("bˈAs"), heteronyms.pronounce(music, 2, Accent.AMERICAN));
    assertEquals(Optional.of("bˈas"), heteronyms.pronounce(fish, 2, Accent.BRITISH));
    assertEquals(Optional.empty(), heteronyms.pronounce(music, 3, Accent.AMERICAN));
  }

  @Test
  void theHighestSumWinsAndTheFirstOfEqualOnes() {
    Classifier classifier =
        new Classifier(
            List.of("x", "y"), List.of("x", ""), new int[] {3, 8}, new byte[] {1, 5, 2, -9});
    assertEquals(1, classifier.classify(new int[] {3}));
    assertEquals(0, classifier.classify(new int[] {3, 8}));
    assertEquals(0, classifier.classify(new int[] {1, 99}));
  }

  @Test
  void anEmptyPronunciationLeavesTheLexicon() {
    Classifier classifier = new Classifier(List.of("x"), List.of(""), new int[0], new byte[0]);
    Heteronyms heteronyms = new Heteronyms(Map.of("bow", classifier));
    assertEquals(Optional.of("x"), heteronyms.pronounce(tokens("Bow"), 0, Accent.AMERICAN));
    assertEquals(Optional.empty(), heteronyms.pronounce(tokens("Bow"), 0, Accent.BRITISH));
  }

  @Test
  void sizesMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Classifier(List.of("x", "y"), List.of("x", "y"), new int[] {1}, new byte[] {1}));
  }
}
