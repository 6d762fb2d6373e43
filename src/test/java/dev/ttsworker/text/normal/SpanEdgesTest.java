package dev.ttsworker.text.normal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.text.SentenceSegmenter;
import dev.ttsworker.text.Wording;
import dev.ttsworker.text.markup.MarkedPiece;
import dev.ttsworker.text.markup.MarkedSegment;
import dev.ttsworker.text.markup.MarkedSegmenter;
import dev.ttsworker.text.markup.MarkupReader;
import dev.ttsworker.text.normal.Normalizers.Emoji;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Marks around text of which a part, or all, is left out.
final class SpanEdgesTest {
  private static final Normalizers NORMALIZERS = new Normalizers();
  private static final List<Normalizer> ALL =
      List.of(
          NORMALIZERS.forLanguages(List.of("en-US"), Emoji.DROP),
          NORMALIZERS.forLanguages(List.of("en-GB"), Emoji.SAY),
          NORMALIZERS.plain());
  private static final List<String> DROPPED =
      List.of(
          "😀",
          ":)",
          "👩\u200d👩",
          "\u200d",
          "\ufe0f",
          "*",
          "**",
          "_",
          "`",
          "~~",
          "|",
          "# ",
          "- ",
          "> ",
          "[^1]",
          "]",
          "```",
          "!",
          ".",
          "?!",
          "…",
          ",",
          "“”",
          "()",
          " ",
          "\u00a0",
          "\u200b",
          "\u0007",
          "\u0001",
          "&",
          "<b>",
          "\n");

  /// Marks, `%s` where their text stands.
  static List<String> marks() {
    return List.of(
        "<emphasis level=\"strong\">%s</emphasis>",
        "<sub alias=\"other words\">%s</sub>",
        "<sub alias=\":)\">%s</sub>",
        "<phoneme ph=\"tɛst\">%s</phoneme>",
        "<say-as interpret-as=\"characters\">%s</say-as>",
        "<say-as interpret-as=\"digits\">%s</say-as>",
        "<say-as interpret-as=\"cardinal\">%s</say-as>",
        "<say-as interpret-as=\"ordinal\">%s</say-as>",
        "<prosody rate=\"fast\">%s</prosody>",
        "[%s](/tɛst/)",
        "%s");
  }

  @ParameterizedTest
  @MethodSource("marks")
  void anythingMayBeLeftOutAnywhere(String mark) {
    Map<Wording, List<Spoken>> known = new HashMap<>();
    for (String dropped : DROPPED) {
      for (String inside :
          List.of(dropped, "a" + dropped, "a " + dropped, dropped + " a", "a " + dropped + " b.")) {
        String marked = mark.replace("%s", inside);
        for (String text :
            List.of(
                marked,
                "x " + marked + ".",
                marked + dropped,
                "x. " + marked + " y",
                "<speak>" + marked + marked + "</speak>")) {
          check(List.of(text), known);
          check(List.of(text.split("(?!^)", -1)), known);
        }
      }
    }
  }

  private static List<Spoken> normalize(Wording wording) {
    return ALL.stream().map(normalizer -> normalizer.normalize(wording)).toList();
  }

  /// @param known what wordings are said as, each found once
  private static void check(List<String> pieces, Map<Wording, List<Spoken>> known) {
    MarkedSegmenter segmenter =
        new MarkedSegmenter(Optional.of(new MarkupReader(_ -> {})), new SentenceSegmenter());
    List<MarkedPiece> all = new ArrayList<>();
    pieces.forEach(piece -> all.addAll(segmenter.accept(piece)));
    all.addAll(segmenter.finish());
    for (MarkedPiece piece : all) {
      if (piece instanceof MarkedSegment segment) {
        String text = String.join("", pieces);
        List<Spoken> said;
        try {
          said = known.computeIfAbsent(segment.wording(), SpanEdgesTest::normalize);
        } catch (RuntimeException e) {
          throw new AssertionError(text, e);
        }
        said.forEach(spoken -> check(spoken, segment, text));
      }
    }
  }

  private static void check(Spoken spoken, MarkedSegment segment, String text) {
    for (SpokenWord word : spoken.words()) {
      assertFalse(word.text().isBlank(), text);
      long from = segment.sourceStart(word.start());
      long to = segment.sourceEnd(word.end());
      assertTrue(from < to && to <= text.codePointCount(0, text.length()), text);
      word.pronounced()
          .ifPresent(how -> assertTrue(spoken.text().contains(how.said()), () -> text));
    }
  }

  @Test
  void emphasisStaysOnTheWordsThatAreSaid() {
    for (String inside : List.of("hello 😀", "hello :)", "hello  ", "hello *")) {
      String text = "<emphasis level=\"strong\">" + inside + "</emphasis>";
      for (String end : List.of("", ".", " world")) {
        MarkedSegmenter segmenter =
            new MarkedSegmenter(Optional.of(new MarkupReader(_ -> {})), new SentenceSegmenter());
        List<MarkedPiece> pieces = new ArrayList<>(segmenter.accept(text + end));
        pieces.addAll(segmenter.finish());
        Spoken spoken = ALL.getFirst().normalize(((MarkedSegment) pieces.getFirst()).wording());
        assertEquals("hello", spoken.words().getFirst().text(), text + end);
        assertEquals(
            Optional.of(new SpokenWord.Pronounced("hello", "")),
            spoken.words().getFirst().pronounced(),
            text + end);
      }
    }
  }
}
