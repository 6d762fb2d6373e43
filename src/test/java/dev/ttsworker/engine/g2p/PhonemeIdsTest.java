package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PhonemeIdsTest {
  private static final Map<String, List<Integer>> IDS =
      Map.of(
          "_",
          List.of(0),
          "^",
          List.of(1),
          "$",
          List.of(2),
          "a",
          List.of(14),
          "b",
          List.of(15, 16),
          "\u0303",
          List.of(141),
          "𝄞",
          List.of(99));

  @Test
  void marksFrameTheSentenceAndAPadFollowsEachPhoneme() {
    PhonemeIds.Encoded encoded = new PhonemeIds(IDS, Map.of()).encode("ab𝄞");
    assertArrayEquals(new long[] {1, 0, 14, 0, 15, 16, 0, 99, 0, 2}, encoded.ids());
    assertEquals(List.of(), encoded.unknown());
  }

  @Test
  void composedSymbolsAreTakenApart() {
    assertArrayEquals(
        new long[] {1, 0, 14, 0, 141, 0, 2}, new PhonemeIds(IDS, Map.of()).encode("ã").ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ʤ dʒ", "ʧ tʃ", "ʦ ts", "ʣ dz", "ʨ tɕ", "ʥ dʑ"})
  void oldLigaturesAreTakenApart(String pair) {
    Map<String, List<Integer>> known = new HashMap<>(IDS);
    List.of("d", "t", "s", "z", "ʒ", "ʃ", "ɕ", "ʑ", " ")
        .forEach(symbol -> known.put(symbol, List.of(20 + known.size())));
    PhonemeIds ids = new PhonemeIds(known, Map.of());
    PhonemeIds.Encoded ligature = ids.encode("a" + pair.substring(0, 1) + "b");
    assertArrayEquals(ids.encode("a" + pair.substring(2) + "b").ids(), ligature.ids());
    assertArrayEquals(new int[] {2, 4, 8, 11}, ligature.starts());
    assertEquals(List.of(), ligature.unknown());
  }

  @Test
  void ligatureOfTheVoiceStays() {
    Map<String, List<Integer>> known = new HashMap<>(IDS);
    known.putAll(Map.of("ʤ", List.of(50), "d", List.of(51), "ʒ", List.of(52)));
    assertArrayEquals(
        new long[] {1, 0, 50, 0, 2}, new PhonemeIds(known, Map.of()).encode("ʤ").ids());
  }

  @Test
  void unknownSymbolsAreLeftOutAndReported() {
    PhonemeIds.Encoded encoded = new PhonemeIds(IDS, Map.of()).encode("xaxy");
    assertArrayEquals(new long[] {1, 0, 14, 0, 2}, encoded.ids());
    assertEquals(List.of("x", "x", "y"), encoded.unknown());
  }

  @Test
  void replacementsAreLookedUpInPlaceOfTheSymbol() {
    PhonemeIds ids = new PhonemeIds(IDS, Map.of("c", List.of("b", "a", "q")));
    PhonemeIds.Encoded encoded = ids.encode("ca");
    assertArrayEquals(new long[] {1, 0, 15, 16, 0, 14, 0, 14, 0, 2}, encoded.ids());
    assertEquals(List.of("q"), encoded.unknown());
  }

  @Test
  void startsTellWhoseIdsTheyAre() {
    PhonemeIds ids = new PhonemeIds(IDS, Map.of("c", List.of("b", "a")));
    assertArrayEquals(new int[] {2, 4, 4, 9, 11}, ids.encode("axc𝄞").starts());
    assertArrayEquals(new int[] {2}, ids.encode("").starts());
  }

  @Test
  void emptySentenceHasOnlyItsMarks() {
    assertArrayEquals(new long[] {1, 0, 2}, new PhonemeIds(IDS, Map.of()).encode("").ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"^", "_", "$"})
  void voiceWithoutAMarkIsRefused(String mark) {
    Map<String, List<Integer>> ids = new HashMap<>(IDS);
    ids.remove(mark);
    WorkerException refused =
        assertThrows(WorkerException.class, () -> new PhonemeIds(ids, Map.of()));
    assertEquals(ErrorCode.INVALID_VOICEPACK, refused.code());
    assertTrue(refused.getMessage().contains("'" + mark + "' has no id"), refused.getMessage());
  }

  @Test
  void negativeIdIsRefused() {
    Map<String, List<Integer>> ids = new HashMap<>(IDS);
    ids.put("a", List.of(-1));
    assertEquals(
        ErrorCode.INVALID_VOICEPACK,
        assertThrows(WorkerException.class, () -> new PhonemeIds(ids, Map.of())).code());
  }
}
