package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.MarkupEvent;
import dev.ttsworker.engine.text.markup.MarkupParser;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import dev.ttsworker.engine.text.normalization.language.LanguageNormalizers;
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
  private static final Normalizers NORMALIZERS = LanguageNormalizers.all();
  private static final List<Normalizer> ALL =
      List.of(
          NORMALIZERS.forLanguages(List.of("en-US"), Emoji.DROP),
          NORMALIZERS.forLanguages(List.of("en-GB"), Emoji.SAY),
          NORMALIZERS.forLanguages(List.of("de"), Emoji.DROP),
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
    Map<AnnotatedText, List<NormalizedText>> known = new HashMap<>();
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
        }
        for (String text : List.of("x " + marked + ".", marked + dropped)) {
          check(List.of(text.split("(?!^)", -1)), known);
        }
      }
    }
  }

  private static List<NormalizedText> normalize(AnnotatedText annotated) {
    return ALL.stream().map(normalizer -> normalizer.normalize(annotated)).toList();
  }

  /// @param known what wordings are said as, each found once
  private static void check(List<String> pieces, Map<AnnotatedText, List<NormalizedText>> known) {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter());
    List<MarkupEvent> all = new ArrayList<>();
    pieces.forEach(piece -> all.addAll(segmenter.appendText(piece)));
    all.addAll(segmenter.finish());
    for (MarkupEvent piece : all) {
      if (piece instanceof AnnotatedSegment segment) {
        String text = String.join("", pieces);
        List<NormalizedText> said;
        try {
          said = known.computeIfAbsent(segment.annotatedText(), SpanEdgesTest::normalize);
        } catch (RuntimeException e) {
          throw new AssertionError(text, e);
        }
        said.forEach(spoken -> check(spoken, segment, text));
      }
    }
  }

  private static void check(NormalizedText spoken, AnnotatedSegment segment, String text) {
    for (SpokenWord word : spoken.words()) {
      assertFalse(word.text().isBlank(), text);
      long from = segment.sourceStart((int) word.sourceStart());
      long to = segment.sourceEnd((int) word.sourceEnd());
      assertTrue(from < to && to <= text.codePointCount(0, text.length()), text);
      word.pronunciation()
          .ifPresent(how -> assertTrue(spoken.text().contains(how.said()), () -> text));
    }
  }

  @Test
  void emphasisStaysOnTheWordsThatAreSaid() {
    for (String inside : List.of("hello 😀", "hello :)", "hello  ", "hello *")) {
      String text = "<emphasis level=\"strong\">" + inside + "</emphasis>";
      for (String end : List.of("", ".", " world")) {
        AnnotatedSegmenter segmenter =
            new AnnotatedSegmenter(Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter());
        List<MarkupEvent> pieces = new ArrayList<>(segmenter.appendText(text + end));
        pieces.addAll(segmenter.finish());
        NormalizedText spoken =
            ALL.getFirst().normalize(((AnnotatedSegment) pieces.getFirst()).annotatedText());
        assertEquals("hello", spoken.words().getFirst().text(), text + end);
        assertEquals(
            Optional.of(new SpokenWord.Pronunciation("hello", "")),
            spoken.words().getFirst().pronunciation(),
            text + end);
      }
    }
  }
}
