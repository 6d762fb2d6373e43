package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.config.PauseSettings;
import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.text.Segment;
import dev.ttsworker.engine.text.SentenceSegmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentPausesTest {
  private static final PauseSettings PAUSES =
      new PauseSettings(
          Duration.ofMillis(6),
          Duration.ofMillis(7),
          Duration.ofMillis(1),
          Duration.ofMillis(2),
          Duration.ofMillis(3),
          Duration.ofMillis(4),
          Duration.ofMillis(5));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One. Two. | One.;1;Two.",
        "One? Two… Three! Four。Five | One?;1;Two…;1;Three!;1;Four。;1;Five",
        "Mr. One e.g. two. | Mr. One e.g. two.",
        "One.\\nTwo. | One.;2;Two.",
        "One:\\n\\n- Two | One:;7;- Two",
        "One.\\n\\nTwo. | One.;5;Two.",
        "- One\\n- Two\\n3. Four | - One;3;- Two;3;3. Four",
        "# One\\nTwo. | # One;4;Two.",
        "One.\\n\\n---\\n\\nTwo. | One.;---;5;Two.",
        "One. … … Two. | One.;…;…;1;Two.",
        "…\\n\\n…\\n\\n… | …;…;…",
        "One.\\n\\n🙂\\n\\nTwo. | One.;5;🙂;5;Two.",
        "\\n\\n🙂 One.\\nTwo.\\n\\n | 🙂 One.;2;Two.",
      })
  void stayHoweverTheTextIsCut(String written, String expected) {
    String text = written.replace("\\n", "\n");
    assertEquals(expected, pieces(List.of(text)));
    assertEquals(expected, pieces(text.codePoints().mapToObj(Character::toString).toList()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One. | Two | 0 | 1",
        "One, | two | 0 | 6",
        "One; | two | 0 | 7",
        "One | two | 0 | 0",
        "One, | two | 1 | 6",
        "One | two | 1 | 2",
        "One | two | 2 | 5",
        "One | two | 9 | 5",
        "One | - two | 1 | 3",
        "One | * two | 1 | 3",
        "One | + two | 1 | 3",
        "One | • two | 1 | 3",
        "One | 2) two | 1 | 3",
        "One | 12. two | 1 | 3",
        "One | -two | 1 | 2",
        "One | 2.5 two | 1 | 2",
        "One | 2 | 1 | 2",
        "One | - two | 0 | 0",
        "## One | two | 1 | 4",
        "#One | two | 1 | 2",
        "# | two | 1 | 2",
        "# One | two | 2 | 5",
      })
  void theLongestThatCountsIsTheOne(String before, String after, int lines, int millis) {
    Segment first = new Segment(before, 0, before.length());
    Segment second = new Segment(after, before.length(), before.length() + after.length());
    assertEquals(
        Duration.ofMillis(millis), new SegmentPauses(PAUSES).between(first, second, lines));
  }

  @Test
  void linesThatEndBeforeAPlaceAreForgottenWithoutBeingCounted() {
    SegmentPauses.LineEnds lines = new SegmentPauses.LineEnds();
    lines.add("a\nb\n\n", 0);
    lines.add("🙂\n", 5);
    assertEquals(2, lines.between(3, 6));
    assertEquals(1, lines.between(6, 7));
    assertEquals(0, lines.between(0, 100));
  }

  private static String pieces(List<String> text) {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(Optional.empty(), new SentenceSegmenter(), Lexicon.EMPTY, PAUSES);
    List<MarkupEvent> pieces = new ArrayList<>();
    text.forEach(piece -> pieces.addAll(segmenter.appendText(piece)));
    pieces.addAll(segmenter.finish());
    List<String> shown = new ArrayList<>();
    for (MarkupEvent piece : pieces) {
      shown.add(
          switch (piece) {
            case AnnotatedSegment segment -> segment.annotatedText().text();
            case MarkupPart.Pause pause -> Long.toString(pause.length().toMillis());
            case MarkupPart.Prosody _ -> "prosody";
          });
    }
    return String.join(";", shown);
  }
}
