package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.g2p.espeak.EspeakPool;
import dev.ttsworker.engine.g2p.espeak.NativeFolder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A clause that is spoken by itself keeps its mark, so that the voice does not end a sentence.
final class ClauseEndTest {
  @Test
  void theMarkAtTheEndIsSpoken() throws IOException {
    Map<String, List<Integer>> map = PiperComparisonTest.phonemeIds();
    PhonemeIds ids = new PhonemeIds(map, Map.of());
    try (EspeakPool pool = NativeFolder.pool(1)) {
      Phonemizer english = pool.forVoice("en-us");
      for (String row : List.of(",=,", ";=;", ":=:", " –=;", " —=;")) {
        String[] sides = row.split("=", -1);
        List<String> sentences = english.phonemize("He walked to the sea" + sides[0]);
        assertEquals(List.of("hiː wˈɔːkt tə ðə sˈiː" + sides[1] + " "), sentences);
        long[] encoded = ids.encode(sentences.getFirst()).ids();
        long[] end = {id(map, sides[1]), id(map, "_"), id(map, " "), id(map, "_"), id(map, "$")};
        assertEquals(
            Arrays.toString(end),
            Arrays.toString(Arrays.copyOfRange(encoded, encoded.length - 5, encoded.length)));
      }
    }
  }

  private static long id(Map<String, List<Integer>> map, String symbol) {
    return map.getOrDefault(symbol, List.of()).getFirst();
  }
}
