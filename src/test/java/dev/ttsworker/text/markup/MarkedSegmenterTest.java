package dev.ttsworker.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.text.Saying;
import dev.ttsworker.text.SentenceSegmenter;
import dev.ttsworker.text.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MarkedSegmenterTest {
  private static List<MarkedPiece> read(String... pieces) {
    MarkedSegmenter segmenter =
        new MarkedSegmenter(Optional.of(new MarkupReader(_ -> {})), new SentenceSegmenter());
    List<MarkedPiece> all = new ArrayList<>();
    for (String piece : pieces) {
      all.addAll(segmenter.accept(piece));
    }
    all.addAll(segmenter.finish());
    return all;
  }

  private static String shown(MarkedPiece piece) {
    return switch (piece) {
      case MarkedSegment segment -> segment.wording().text();
      case MarkupPart.Pause pause -> "pause " + pause.length().toMillis();
      case MarkupPart.Manner manner -> "manner " + manner.rate();
    };
  }

  @Test
  void pausesAndMannersEndSegments() {
    assertEquals(
        List.of("One", "pause 500", "two.", "manner 2.0", "Three", "manner 1.0", "four."),
        read("One [pause:500ms] two. <prosody rate=\"2\">Three</prosody> four.").stream()
            .map(MarkedSegmenterTest::shown)
            .toList());
  }

  @Test
  void textIsHeldUntilItsSentenceOrItsMarkIsWhole() {
    MarkedSegmenter segmenter =
        new MarkedSegmenter(Optional.of(new MarkupReader(_ -> {})), new SentenceSegmenter());
    assertFalse(segmenter.holdsText());
    for (String text : List.of("One two", "One. [pause:5", "<sub alias=\"x\">y")) {
      var _ = segmenter.accept(text);
      assertTrue(segmenter.holdsText(), text);
      assertFalse(segmenter.finish().isEmpty(), text);
      assertFalse(segmenter.holdsText(), text);
    }
    var _ = segmenter.accept("One. [pause:500ms] ");
    assertFalse(segmenter.holdsText());
  }

  @Test
  void wordsThatAreSaidOtherwiseEndNoSentence() {
    List<MarkedPiece> pieces = read("Ask Dr.", "[Lee](/liː/).", " Then go.");
    assertEquals(
        List.of("Ask Dr.Lee.", "Then go."),
        pieces.stream().map(MarkedSegmenterTest::shown).toList());
    Wording wording = ((MarkedSegment) pieces.getFirst()).wording();
    assertEquals(List.of(new Wording.Span(7, 10, new Saying.Ipa("liː", ""))), wording.spans());
  }

  @Test
  void placesAreThoseOfTheTextAsItWasSent() {
    String text = "😀 Say [tomato](/təˈmɑːtəʊ/) now. <sub alias=\"b\">c</sub> d.";
    List<String> written = new ArrayList<>();
    for (MarkedPiece piece : read(text)) {
      MarkedSegment segment = (MarkedSegment) piece;
      String own = segment.wording().text();
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
    List<Saying> sayings = new ArrayList<>();
    for (MarkedPiece piece : read("<sub alias=\"x\">One. Two. Three.</sub>")) {
      ((MarkedSegment) piece).wording().spans().forEach(span -> sayings.add(span.saying()));
    }
    assertEquals(
        List.of(new Saying.Alias("x"), new Saying.Alias(""), new Saying.Alias("")), sayings);
  }

  @Test
  void withoutMarkupEverythingIsText() {
    MarkedSegmenter plain = new MarkedSegmenter(Optional.empty(), new SentenceSegmenter());
    List<MarkedPiece> pieces = new ArrayList<>(plain.accept("A [pause:1s] <break/>. "));
    pieces.addAll(plain.accept("B."));
    pieces.addAll(plain.finish());
    assertEquals(
        List.of("A [pause:1s] <break/>.", "B."),
        pieces.stream().map(MarkedSegmenterTest::shown).toList());
    assertEquals(23, ((MarkedSegment) pieces.getLast()).sourceStart(0));
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
        .filter(MarkedSegment.class::isInstance)
        .map(MarkedSegmenterTest::shown)
        .toList();
  }

  @Test
  void piecesDoNotPartWhatIsEmphasised() {
    String text = "Pay <emphasis level=\"strong\">$4.50 now</emphasis>";
    assertEquals(spans(text), spans(text.split("(?!^)", -1)));
    assertEquals(
        List.of(new Wording.Span(4, 13, Saying.Way.EMPHASISED)), spans(text.split("(?!^)", -1)));
  }

  private static List<Wording.Span> spans(String... pieces) {
    return read(pieces).stream()
        .filter(MarkedSegment.class::isInstance)
        .flatMap(piece -> ((MarkedSegment) piece).wording().spans().stream())
        .toList();
  }

  @Test
  void aMarkThatBeginsWithABlankBehindASentenceIsSaid() {
    assertEquals(List.of(new Wording.Span(0, 1, new Saying.Ipa("x", ""))), spans("Go.[ b](/x/)"));
  }

  @Test
  void phonemesOfBlanksHaveAWordOfTheirOwn() {
    for (String text : List.of("[ ](/x/)", "<phoneme ph=\"x\">\u00a0</phoneme>")) {
      assertEquals(List.of(new Wording.Span(0, 2, new Saying.Ipa("x", "x"))), spans(text), text);
    }
  }

  @Test
  void halfACharacterWaitsForItsOtherHalf() {
    MarkedSegmenter plain = new MarkedSegmenter(Optional.empty(), new SentenceSegmenter());
    List<MarkedPiece> pieces = new ArrayList<>(plain.accept("a\ud83d"));
    pieces.addAll(plain.accept("\ude00 b"));
    pieces.addAll(plain.finish());
    MarkedSegment segment = (MarkedSegment) pieces.getFirst();
    assertEquals("a😀 b", segment.wording().text());
    assertEquals(4, segment.sourceEnd(4));
  }
}
