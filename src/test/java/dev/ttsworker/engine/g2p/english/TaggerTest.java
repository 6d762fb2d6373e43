package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaggerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "hello, x",
    "Hello, Xx",
    "USA, XX",
    "X, X1",
    "McDonald, xX",
    "don't, xxx'",
    "1999, d",
    "1990s, dddd",
    "A1, xd",
    "U.S., x.x.",
    "日本, xX",
    "COVID-19, xxxx",
    "½, ½"
  })
  void shapesAreThoseOfTheModel(String word, String shape) {
    assertEquals(shape, Tagger.shape(word));
  }

  @Test
  void certainWordsSkipTheModelAndOthersHaveTheirFeatures() throws IOException {
    Tagger tagger = TinyEnglish.data(folder).load(Accent.AMERICAN).tagger();
    assertEquals(
        List.of("DT", "NN", "TO", "VB", "NNP", "NNP"),
        tagger.tag(List.of("the", "permit", "to", "permit", "Paris", "ABC")));
    assertEquals(List.of(), tagger.tag(List.of()));
  }
}
