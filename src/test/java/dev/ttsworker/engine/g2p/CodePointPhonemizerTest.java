package dev.ttsworker.engine.g2p;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CodePointPhonemizerTest {
  private final CodePointPhonemizer phonemizer = new CodePointPhonemizer();

  @Test
  void textStaysAsItIsButDecomposed() {
    assertEquals(List.of("Cafe\u0301. Zwei!"), phonemizer.phonemize("Café. Zwei!"));
  }

  @Test
  void controlCharactersAreBlanksAndLoneSurrogatesAreReplaced() {
    assertEquals(List.of("a b c d \uFFFDe"), phonemizer.phonemize("a\0b\nc\u0007d \uD800e"));
  }

  @Test
  void nothingIsSaidForBlankText() {
    assertEquals(List.of(), phonemizer.phonemize(""));
    assertEquals(List.of(), phonemizer.phonemize(" \n\0"));
  }
}
