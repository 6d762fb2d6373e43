package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EspeakTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Call -5, or --help: well-known (up-to-date) “co-op”.",
        "The U.S.A. and the U.K., a.m. and p.m., M.I.T.",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "https://www.example.com/help/index.html?topic=7",
        "Two\n\nparagraphs 😀 你好"
      })
  void ordinaryTextIsUnchanged(String text) {
    String expected = text.replace("--help", "- help");
    assertEquals(List.of(expected), EspeakText.split(text, 2_000));
  }

  @Test
  void controlCharactersAreBlanksAndLoneSurrogatesAreReplaced() {
    assertEquals(
        List.of("a b\nc d \uFFFDe \uFFFD"),
        EspeakText.split("a\0b\nc\u009Fd \uDC00e \uD800", 2_000));
  }

  @Test
  void longAbbreviationsAreBroken() {
    String tamed = EspeakText.split("A.".repeat(300), 2_000).getFirst();
    assertFalse(tamed.matches(".*(?:A\\.){10}.*"), tamed);
    assertEquals(300, tamed.chars().filter(c -> c == 'A').count());
    assertEquals(
        "A.B.C.D.E.F.G.H.I.J K.", EspeakText.split("A.B.C.D.E.F.G.H.I.J.K.", 99).getFirst());
  }

  @Test
  void longWordsAreBroken() {
    assertEquals(
        List.of(120, 120, 60), wordLengths(EspeakText.split("é".repeat(300), 2_000).getFirst()));
    assertEquals(
        List.of(60, 60, 30), wordLengths(EspeakText.split("s'".repeat(75), 2_000).getFirst()));
  }

  @Test
  void hyphenBetweenSignAndLetterIsABlank() {
    assertEquals(List.of("a} 你 a-b -c m \u094D"), EspeakText.split("a}-你 a-b -c m-\u094D", 2_000));
  }

  @Test
  void signsRightBehindAStopAreSetApart() {
    assertEquals(
        List.of("D. #9 a.b 1.5 .  `tick`  "), EspeakText.split("D.#9 a.b 1.5 .` `tick` `", 99));
  }

  @Test
  void piecesJoinToTheWholeAndStartAtWordsWhereTheyCan() {
    long seed = 20_261_124L;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String text = words(random);
      int limit = 2 + random.nextInt(40);
      List<String> pieces = EspeakText.split(text, limit);
      assertEquals(text, String.join("", pieces), "seed " + seed);
      for (String piece : pieces) {
        assertTrue(piece.length() <= limit, "seed " + seed + " limit " + limit + ": " + piece);
        assertFalse(piece.isEmpty() || Character.isLowSurrogate(piece.charAt(0)), "seed " + seed);
      }
    }
    assertEquals(List.of("one", " two", " three"), EspeakText.split("one two three", 6));
  }

  @Test
  void ideographsAndSignsCountTenfold() {
    assertEquals(
        List.of(10, 10, 5),
        EspeakText.split("你".repeat(25), 100).stream().map(String::length).toList());
    assertEquals(
        List.of(20, 20, 10),
        EspeakText.split("😀".repeat(25), 100).stream().map(String::length).toList());
  }

  private static String words(Random random) {
    return IntStream.range(0, 1 + random.nextInt(20))
        .mapToObj(_ -> (random.nextBoolean() ? "a" : "😀").repeat(1 + random.nextInt(12)))
        .collect(Collectors.joining(" "));
  }

  private static List<Integer> wordLengths(String text) {
    return List.of(text.split(" ")).stream().map(String::length).toList();
  }
}
