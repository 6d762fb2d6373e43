package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.PronunciationOverride;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SentenceSegmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnnotatedSegmenterTest {
  private static List<MarkupEvent> read(String... pieces) {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter());
    List<MarkupEvent> all = new ArrayList<>();
    for (String piece : pieces) {
      all.addAll(segmenter.appendText(piece));
    }
    all.addAll(segmenter.finish());
    return all;
  }

  private static String shown(MarkupEvent piece) {
    return switch (piece) {
      case AnnotatedSegment segment -> segment.annotatedText().text();
      case MarkupPart.Pause pause -> "pause " + pause.length().toMillis();
      case MarkupPart.Prosody prosody -> "prosody " + prosody.rate();
    };
  }

  @Test
  void pausesAndMannersEndSegments() {
    assertEquals(
        List.of("One", "pause 500", "two.", "prosody 2.0", "Three", "prosody 1.0", "four."),
        read("One [pause:500ms] two. <prosody rate=\"2\">Three</prosody> four.").stream()
            .map(AnnotatedSegmenterTest::shown)
            .toList());
  }

  @Test
  void textIsHeldUntilItsSentenceOrItsMarkIsWhole() {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter());
    assertFalse(segmenter.holdsText());
    for (String text : List.of("One two", "One. [pause:5", "<sub alias=\"x\">y")) {
      var _ = segmenter.appendText(text);
      assertTrue(segmenter.holdsText(), text);
      assertFalse(segmenter.finish().isEmpty(), text);
      assertFalse(segmenter.holdsText(), text);
    }
    var _ = segmenter.appendText("One. [pause:500ms] ");
    assertFalse(segmenter.holdsText());
  }

  @Test
  void wordsThatAreSaidOtherwiseEndNoSentence() {
    List<MarkupEvent> pieces = read("Ask Dr.", "[Lee](/liː/).", " Then go.");
    assertEquals(
        List.of("Ask Dr.Lee.", "Then go."),
        pieces.stream().map(AnnotatedSegmenterTest::shown).toList());
    AnnotatedText annotated = ((AnnotatedSegment) pieces.getFirst()).annotatedText();
    assertEquals(
        List.of(new AnnotatedText.Span(7, 10, new PronunciationOverride.Ipa("liː", ""))),
        annotated.spans());
  }

  @Test
  void placesAreThoseOfTheTextAsItWasSent() {
    String text = "😀 Say [tomato](/təˈmɑːtəʊ/) now. <sub alias=\"b\">c</sub> d.";
    List<String> written = new ArrayList<>();
    for (MarkupEvent piece : read(text)) {
      AnnotatedSegment segment = (AnnotatedSegment) piece;
      String own = segment.annotatedText().text();
      int at = own.indexOf("tomato") >= 0 ? own.codePointCount(0, own.indexOf("tomato")) : 0;
      int length = own.indexOf("tomato") >= 0 ? 6 : 1;
      int[] points = text.codePoints().toArray();
      int start = (int) segment.sourceStart(at);
      written.add(new String(points, start, (int) segment.sourceEnd(at + length) - start));
    }
    assertEquals(List.of("[tomato](/təˈmɑːtəʊ/)", "<sub alias=\"b\">c</sub>"), written);
  }

  @Test
  void whatIsPartedIsSaidOnce() {
    List<PronunciationOverride> sayings = new ArrayList<>();
    for (MarkupEvent piece : read("<sub alias=\"x\">One. Two. Three.</sub>")) {
      ((AnnotatedSegment) piece)
          .annotatedText()
          .spans()
          .forEach(span -> sayings.add(span.override()));
    }
    assertEquals(
        List.of(
            new PronunciationOverride.Alias("x"),
            new PronunciationOverride.Alias(""),
            new PronunciationOverride.Alias("")),
        sayings);
  }

  @Test
  void withoutMarkupEverythingIsText() {
    AnnotatedSegmenter plain = new AnnotatedSegmenter(Optional.empty(), new SentenceSegmenter());
    List<MarkupEvent> pieces = new ArrayList<>(plain.appendText("A [pause:1s] <break/>. "));
    pieces.addAll(plain.appendText("B."));
    pieces.addAll(plain.finish());
    assertEquals(
        List.of("A [pause:1s] <break/>.", "B."),
        pieces.stream().map(AnnotatedSegmenterTest::shown).toList());
    assertEquals(23, ((AnnotatedSegment) pieces.getLast()).sourceStart(0));
  }

  /// What is held back because it may become a mark goes on with what was given before it.
  @Test
  void textBeforeWhatMayBecomeAMarkIsNoEndOfAPiece() {
    assertEquals(List.of("Go.[1]", "now"), shown("Go.[", "1] now"));
    assertEquals(List.of("Go.y now"), shown("Go.<sub alias=\"x\">", "y</sub> now"));
    assertEquals(List.of("Go.", "now"), shown("<speak>Go.<!-", "- -->", "now"));
    assertEquals(List.of("你好。[1]"), shown("你好。[", "1]"));
  }

  private static List<String> shown(String... pieces) {
    return read(pieces).stream()
        .filter(AnnotatedSegment.class::isInstance)
        .map(AnnotatedSegmenterTest::shown)
        .toList();
  }

  @Test
  void piecesDoNotPartWhatIsEmphasised() {
    String text = "Pay <emphasis level=\"strong\">$4.50 now</emphasis>";
    assertEquals(spans(text), spans(text.split("(?!^)", -1)));
    assertEquals(
        List.of(new AnnotatedText.Span(4, 13, PronunciationOverride.InterpretAs.EMPHASISED)),
        spans(text.split("(?!^)", -1)));
  }

  private static List<AnnotatedText.Span> spans(String... pieces) {
    return read(pieces).stream()
        .filter(AnnotatedSegment.class::isInstance)
        .flatMap(piece -> ((AnnotatedSegment) piece).annotatedText().spans().stream())
        .toList();
  }

  @Test
  void aMarkThatBeginsWithABlankBehindASentenceIsSaid() {
    assertEquals(
        List.of(new AnnotatedText.Span(0, 1, new PronunciationOverride.Ipa("x", ""))),
        spans("Go.[ b](/x/)"));
  }

  @Test
  void phonemesOfBlanksHaveAWordOfTheirOwn() {
    for (String text : List.of("[ ](/x/)", "<phoneme ph=\"x\">\u00a0</phoneme>")) {
      assertEquals(
          List.of(new AnnotatedText.Span(0, 2, new PronunciationOverride.Ipa("x", "x"))),
          spans(text),
          text);
    }
  }

  @Test
  void halfACharacterWaitsForItsOtherHalf() {
    AnnotatedSegmenter plain = new AnnotatedSegmenter(Optional.empty(), new SentenceSegmenter());
    List<MarkupEvent> pieces = new ArrayList<>(plain.appendText("a\ud83d"));
    pieces.addAll(plain.appendText("\ude00 b"));
    pieces.addAll(plain.finish());
    AnnotatedSegment segment = (AnnotatedSegment) pieces.getFirst();
    assertEquals("a😀 b", segment.annotatedText().text());
    assertEquals(4, segment.sourceEnd(4));
  }
}
