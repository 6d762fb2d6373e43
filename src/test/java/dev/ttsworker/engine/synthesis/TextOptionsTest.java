package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import org.junit.jupiter.api.Test;

final class TextOptionsTest {
  private static final TextOptions LONG_SAYINGS =
      new TextOptions(
          true, false, true, LexiconReader.text("a=" + "b ".repeat(95), "options.lexicon"));

  @Test
  void whatALexiconPutsInPlaceOfWordsPartsASentence() {
    AnnotatedSegmenter segmenter =
        TextFrontend.segmenter(LONG_SAYINGS, new SentenceSegmenter(), _ -> {});
    int parts = segmenter.appendText("a ".repeat(100)).size() + segmenter.finish().size();
    assertTrue(parts > 5, parts + " parts");
  }

  @Test
  void whatALexiconPutsInPlaceOfWordsIsBoundedForACall() {
    AnnotatedSegmenter segmenter =
        TextFrontend.segmenter(LONG_SAYINGS, new SentenceSegmenter(), _ -> {});
    WorkerException refused =
        assertThrows(WorkerException.class, () -> segmenter.appendText("a a a a. ".repeat(1_000)));
    assertEquals(ErrorCode.TEXT_TOO_LONG, refused.code());
  }
}
