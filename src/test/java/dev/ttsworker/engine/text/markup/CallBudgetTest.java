package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CallBudgetTest {
  private static final String FIELD = "options.lexicon";
  private static final Lexicon LONG = LexiconReader.text("a=" + "b ".repeat(95), FIELD);
  private static final Lexicon LONG_SOUNDS =
      LexiconReader.text("a=/" + "b".repeat(190) + "/", FIELD);
  private static final String SUB = "<sub alias=\"%s\">c</sub>".formatted("b ".repeat(140));

  private static List<AnnotatedSegment> read(Lexicon lexicon, String text) {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(
            Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter(), lexicon);
    List<MarkupEvent> pieces = new ArrayList<>(segmenter.appendText(text));
    pieces.addAll(segmenter.finish());
    return pieces.stream()
        .filter(AnnotatedSegment.class::isInstance)
        .map(AnnotatedSegment.class::cast)
        .toList();
  }

  private static String join(int count, String separator, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
  }

  private static long said(Lexicon lexicon, List<AnnotatedSegment> segments) {
    return segments.stream()
        .flatMap(segment ->
            new LexiconAnnotator(lexicon).annotate(segment.annotatedText()).spans().stream())
        .filter(span -> span.override().replacementLength() > 0)
        .count();
  }

  @Test
  void aSegmentWithLongSayingsIsParted() {
    for (Lexicon lexicon : List.of(LONG, LONG_SOUNDS)) {
      for (String unit : List.of("a ", "a,", "😀a ", SUB + " ", SUB)) {
        List<AnnotatedSegment> segments = read(lexicon, unit.repeat(100));
        assertTrue(segments.size() > 5, () -> unit + segments.size());
        long at = 0;
        for (AnnotatedSegment segment : segments) {
          AnnotatedText annotated = new LexiconAnnotator(lexicon).annotate(segment.annotatedText());
          assertTrue(
              annotated.replacementLength() <= ReplacementSplitter.MOST_CHARS,
              () -> unit + annotated.replacementLength());
          assertTrue(segment.start() >= at, unit);
          int length = annotated.text().codePointCount(0, annotated.text().length());
          assertEquals(segment.end() - segment.start(), length, unit);
          at = segment.end();
        }
        assertEquals(100, said(lexicon, segments), unit);
      }
    }
  }

  @Test
  void aSentenceOfOrdinaryLexiconWordsIsNot() {
    Lexicon lexicon =
        LexiconReader.text(join(60, ";", i -> "w" + i + "=some thirty characters of text"), FIELD);
    assertEquals(1, read(lexicon, join(60, " ", i -> "w" + i) + ".").size());
  }

  @Test
  void aLexiconCannotMakeACallLongWithoutEnd() {
    WorkerException refused =
        assertThrows(WorkerException.class, () -> read(LONG, "a a a a. ".repeat(1_000)));
    assertEquals(ErrorCode.TEXT_TOO_LONG, refused.code());
    assertTrue(refused.getMessage().contains(FIELD), refused::getMessage);
    assertTrue(refused.getMessage().contains("allowed: at most 50000"), refused::getMessage);
  }

  @Test
  void eachEntryOfTheLargestLexiconMayBeSaid() {
    int words = LexiconReader.MOST_OF_A_SESSION;
    Lexicon lexicon =
        LexiconReader.text(join(words, ";", i -> "w" + i + "=" + "b ".repeat(99) + "c"), FIELD);
    assertEquals(words, said(lexicon, read(lexicon, join(words, " ", i -> "w" + i))));
  }

  @Test
  void marksAreNeverLongerThanTheyAreWritten() {
    assertEquals(1_000, said(Lexicon.EMPTY, read(Lexicon.EMPTY, (SUB + ". ").repeat(1_000))));
  }

  @Test
  void aSegmentThatWasNotPartedIsRefused() {
    AnnotatedText annotated = AnnotatedText.of("a ".repeat(100));
    WorkerException refused =
        assertThrows(WorkerException.class, () -> new LexiconAnnotator(LONG).annotate(annotated));
    assertEquals(ErrorCode.TEXT_TOO_LONG, refused.code());
    assertTrue(refused.getMessage().endsWith("allowed: at most 8000"), refused::getMessage);
  }

  @Test
  void pausesAddUpToAnHour() {
    for (String pause : List.of("[pause:10s]", "<break time=\"10s\"/>")) {
      assertEquals(0, read(Lexicon.EMPTY, pause.repeat(360)).size());
      WorkerException refused =
          assertThrows(WorkerException.class, () -> read(Lexicon.EMPTY, pause.repeat(361)));
      assertEquals(ErrorCode.INVALID_FIELD, refused.code());
      assertTrue(refused.getMessage().contains("3610 s in all; allowed: at most 3600 s"));
    }
  }
}
