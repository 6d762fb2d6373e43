package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenizerTest {
  private final Tokenizer tokenizer =
      new Tokenizer(
          PackedMap.of(
              PackedMap.pack(
                  Map.of(
                      "don't",
                      "do\u0001n't",
                      "'s",
                      "'s",
                      "e.g.",
                      "e.g.",
                      "Mr.",
                      "Mr.",
                      "don’t",
                      "do\u0001n’t"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "Hello, world!|Hello , world !",
        "(don't) \"don’t.\"|( do n't ) \" do n't . \"",
        "e.g., Mr. X. it.|e.g. , Mr. X. it .",
        "John's JOHN'S dogs' 's|John 's JOHN 'S dogs ' 's",
        "well-known a--b a—b|well - known a -- b a — b",
        "wait...what end... ...|wait ... what end ... ...",
        "foo.Bar foo.bar Foo,bar 3,000|foo . Bar foo.bar Foo , bar 3,000",
        "3-4 3*4 COVID-19 A4|3 - 4 3 * 4 COVID-19 A4",
        "$5 5% 10km 5pm|$ 5 5 % 10 km 5 pm",
        "http://a.b/c a@b.c www.x-y.z|http://a.b/c a@b.c www.x-y.z",
        "“Hi” [x] end.)|“ Hi ” [ x ] end . )",
      })
  void punctuationAndContractionsAreTokens(String text, String expected) {
    String made =
        tokenizer.tokenize(text, 0, text.length()).stream()
            .map(Token::text)
            .collect(Collectors.joining(" "));
    assertEquals(expected, made);
  }

  @Test
  void tokensKnowTheirPlace() {
    String text = "  (don’t  stop)";
    List<Token> tokens = tokenizer.tokenize(text, 1, text.length());
    assertEquals(
        List.of("(", "do", "n’t", "stop", ")"),
        tokens.stream().map(token -> text.substring(token.start(), token.end())).toList());
    assertEquals(
        List.of(false, false, true, false, true), tokens.stream().map(Token::blank).toList());
  }

  @Test
  void aPartOfATextEndsWithoutABlank() {
    List<Token> tokens = tokenizer.tokenize("catdog", 0, 3);
    assertEquals("cat", tokens.getFirst().text());
    assertEquals(false, tokens.getFirst().blank());
  }
}
