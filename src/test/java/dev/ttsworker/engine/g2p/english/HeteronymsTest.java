package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.g2p.english.Heteronyms.Classifier;
import dev.ttsworker.engine.g2p.english.Heteronyms.Verbs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
            List.of("x", "y"), List.of("x", ""), -1, new int[] {3, 8}, new byte[] {1, 5, 2, -9});
    assertEquals(1, classifier.classify(new int[] {3}, Verbs.NONE));
    assertEquals(0, classifier.classify(new int[] {3, 8}, Verbs.NONE));
    assertEquals(0, classifier.classify(new int[] {1, 99}, Verbs.NONE));
  }

  @Test
  void theGrammarCountsForTheClassThatIsAVerb() {
    Verbs verbs = new Verbs(new int[] {4, 9}, new byte[] {6, -7});
    Classifier withVerb =
        new Classifier(List.of("x", "y"), List.of("x", "y"), 1, new int[] {3}, new byte[] {5, 0});
    Classifier without =
        new Classifier(List.of("x", "y"), List.of("x", "y"), -1, new int[] {3}, new byte[] {5, 0});
    assertEquals(1, withVerb.classify(new int[] {3, 4}, verbs));
    assertEquals(0, withVerb.classify(new int[] {3, 4, 9}, verbs));
    assertEquals(0, without.classify(new int[] {3, 4}, verbs));
  }

  @Test
  void writtenOnesAreReadAgain() throws IOException {
    Verbs verbs = new Verbs(new int[] {4}, new byte[] {6});
    Classifier classifier =
        new Classifier(List.of("x", "y"), List.of("v", "w"), 1, new int[] {3}, new byte[] {5, 0});
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new Heteronyms(verbs, Map.of("bow", classifier)).write(written);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    Heteronyms.read(new ByteArrayInputStream(written.toByteArray())).write(again);
    assertArrayEquals(written.toByteArray(), again.toByteArray());
  }

  @Test
  void theGrammarIsPartOfTheFeatures() {
    List<Token> sentence = tokens("Do", "not", "permit", "it");
    int[] all = HeteronymFeatures.of(sentence, 2);
    int[] grammar = HeteronymFeatures.grammatical(sentence, 2);
    assertTrue(grammar.length > 10, Arrays.toString(grammar));
    assertTrue(Arrays.stream(grammar).allMatch(g -> Arrays.binarySearch(all, g) >= 0));
  }

  @Test
  void anEmptyPronunciationLeavesTheLexicon() {
    Classifier classifier = new Classifier(List.of("x"), List.of(""), -1, new int[0], new byte[0]);
    Heteronyms heteronyms = new Heteronyms(Verbs.NONE, Map.of("bow", classifier));
    assertEquals(Optional.of("x"), heteronyms.pronounce(tokens("Bow"), 0, Accent.AMERICAN));
    assertEquals(Optional.empty(), heteronyms.pronounce(tokens("Bow"), 0, Accent.BRITISH));
  }

  @Test
  void sizesMustAgree() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Classifier(
                List.of("x", "y"), List.of("x", "y"), -1, new int[] {1}, new byte[] {1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Classifier(List.of("x"), List.of("x"), 1, new int[0], new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> new Verbs(new int[1], new byte[0]));
  }
}
