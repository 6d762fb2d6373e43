package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrdinaryTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Hello, how are you? \"Fine,\" she said...",
        "The U.S.A. and the U.K., a.m. and p.m.; well-known (co-op) — it’s 12.50!",
        "Donaudampfschifffahrtsgesellschaft: schöne Grüße aus Köln.",
        "Il fait beau, n'est-ce pas ? «Allons-y !»",
        "¿Dónde está la biblioteca?",
        "Привет, как дела?",
        "你好，世界。",
        "こんにちは、東京タワーへ行きます。",
        "안녕하세요. 반갑습니다!",
        "नमस्ते दुनिया।",
        "مرحبا بالعالم؟",
        "Xin chào các bạn."
      })
  void textAsPeopleWriteIt(String text) {
    assertTrue(OrdinaryText.isOrdinary(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "☃",
        "hello \uD83D\uDE42",
        "A.B.C.D.E.F.G.H.I.",
        "((((",
        "A.\ubfda",
        "e.g.\u3053",
        "}-你",
        "gम",
        "\u094D",
        "m-\u094D",
        "D.`",
        "a\u0301\u0301\u0301\u0301",
        "1234567890123456",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "\uFFFD"
      })
  void textOfTheKindsThatEndEspeak(String text) {
    assertFalse(OrdinaryText.isOrdinary(text));
  }
}
