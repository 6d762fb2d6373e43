package dev.ttsworker.engine.text.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ttsworker.engine.Lexicon;
import dev.ttsworker.engine.LexiconReader;
import dev.ttsworker.engine.text.AnnotatedText;
import dev.ttsworker.engine.text.SentenceSegmenter;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.markup.AnnotatedSegment;
import dev.ttsworker.engine.text.markup.AnnotatedSegmenter;
import dev.ttsworker.engine.text.markup.LexiconAnnotator;
import dev.ttsworker.engine.text.markup.MarkupEvent;
import dev.ttsworker.engine.text.markup.MarkupParser;
import dev.ttsworker.engine.text.normalization.Normalizers.Emoji;
import dev.ttsworker.engine.text.normalization.language.LanguageNormalizers;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random marks, lexicons and signs in pieces of any size, on the whole way from a call's text to
/// what a voice is given.
@Tag("slow")
final class TextChainFuzzTest {
  private static final int ORDINARY = 100;
  private static final int MOST_READS = 1_200;

  /// Spoken chars for each written one, in segments of some length.
  private static final int MOST_SAID = 40;

  private static final int SHORT = 40;
  private static final Set<ErrorCode> REFUSALS =
      Set.of(ErrorCode.TEXT_TOO_LONG, ErrorCode.INVALID_FIELD);
  private static final List<String> TOKENS =
      List.of(
          "<speak>",
          "</speak>",
          "<emphasis level=\"strong\">",
          "</emphasis>",
          "<sub alias=\"x 1\">",
          "<sub alias=\":)\">",
          "</sub>",
          "<phoneme ph=\"a\">",
          "</phoneme>",
          "<say-as interpret-as=\"cardinal\">",
          "<say-as interpret-as=\"digits\">",
          "<say-as interpret-as=\"characters\">",
          "</say-as>",
          "<prosody volume=\"+12dB\">",
          "<prosody rate=\"2\">",
          "</prosody>",
          "<break/>",
          "<p>",
          "</p>",
          "<!-- c -->",
          "<![CDATA[q]]>",
          "[word](/wɜːd/)",
          "[ ](/a/)",
          "[.](/a/)",
          "[[ a ]]",
          "[pause:1s]",
          "&amp;",
          "&#10;",
          "&#160;",
          "[",
          "[[",
          "](/",
          "<",
          "<!--",
          "&",
          "😀",
          ":)",
          "**",
          "_",
          "`",
          "~~",
          "[^1]",
          "|",
          "\n- ",
          "\n# ",
          "a",
          "alpha",
          "nginx",
          "GIF",
          "7,777,777",
          "$4.50",
          "1/2",
          "May 5",
          "3 km",
          "x²",
          "IV",
          "v1.2",
          "http://a.de/b",
          "Dr. ",
          "e.g. ",
          "U.S.",
          ". ",
          "! ",
          "? ",
          "…",
          ", ",
          " ",
          " ",
          " ",
          "\n\n",
          "\u200d",
          "\ufe0f",
          "\u0301",
          "\u00a0",
          "\u200b",
          "\u0007",
          "\ud83d",
          "你",
          "。",
          "\"",
          "(",
          ")");

  private final List<Normalizer> normalizers = new ArrayList<>();
  private final EnglishNormalizer counted = new EnglishNormalizer(Dialect.US, Emoji.DROP);
  private double mostReads;
  private double mostSaid;
  private int refused;

  TextChainFuzzTest() {
    Normalizers all = LanguageNormalizers.all();
    normalizers.add(all.forLanguages(List.of("en-GB"), Emoji.SAY));
    normalizers.add(all.plain());
    List.of("de", "fr", "es", "it", "pt-br", "pt-pt", "nl", "pl")
        .forEach(tag -> normalizers.add(all.forLanguages(List.of(tag), Emoji.DROP)));
  }

  @Test
  void anyTextReachesTheVoiceOrIsRefused() {
    int end = Fuzz.from() + Fuzz.inputs(ORDINARY);
    for (int round = Fuzz.from(); round < end; round++) {
      RandomGenerator random = Fuzz.random(Fuzz.seed(), round);
      String text = text(random);
      Lexicon lexicon = lexicon(random);
      try {
        check(text, lexicon, random, Fuzz.where(round));
      } catch (WorkerException e) {
        assertTrue(REFUSALS.contains(e.code()), () -> Fuzz.where(0) + text + e);
        refused++;
      } catch (RuntimeException e) {
        fail(Fuzz.where(round) + ": " + text, e);
      }
    }
    System.out.printf(
        "text chain: %,d texts accepted, %,d refused; at most %.0f reads and %.1f spoken characters"
            + " for each%n",
        Fuzz.inputs(ORDINARY) - refused, refused, mostReads, mostSaid);
  }

  private void check(String text, Lexicon lexicon, RandomGenerator random, String where) {
    List<String> any = new ArrayList<>();
    List<String> safe = new ArrayList<>();
    int anyStart = 0;
    int safeStart = 0;
    int largest = 1 + random.nextInt(9);
    for (int at = 1; at <= text.length(); at++) {
      if (at == text.length() || random.nextInt(largest) == 0) {
        any.add(text.substring(anyStart, at));
        anyStart = at;
      }
      // A piece that ends behind an end mark ends the sentence; one that ends with a letter none.
      if (at == text.length() || isLetter(text.charAt(at - 1))) {
        safe.add(text.substring(safeStart, at));
        safeStart = at;
      }
    }
    List<MarkupEvent> whole = read(List.of(text), lexicon);
    assertEquals(shown(whole), shown(read(safe, lexicon)), where);
    places(text, whole, lexicon, where);
    places(text, read(any, lexicon), lexicon, where);
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static List<MarkupEvent> read(List<String> pieces, Lexicon lexicon) {
    AnnotatedSegmenter segmenter =
        new AnnotatedSegmenter(
            Optional.of(new MarkupParser(_ -> {})), new SentenceSegmenter(), lexicon);
    List<MarkupEvent> all = new ArrayList<>();
    for (String piece : pieces) {
      all.addAll(segmenter.appendText(piece));
    }
    all.addAll(segmenter.finish());
    assertFalse(segmenter.holdsText());
    return all;
  }

  private static List<Object> shown(List<MarkupEvent> pieces) {
    List<Object> shown = new ArrayList<>();
    for (MarkupEvent piece : pieces) {
      shown.add(
          piece instanceof AnnotatedSegment segment
              ? List.of(segment.annotatedText(), segment.start(), segment.end())
              : piece);
    }
    return shown;
  }

  /// Segments come in order; so do words, which know what they were written as.
  private void places(String text, List<MarkupEvent> pieces, Lexicon lexicon, String where) {
    long length = text.codePointCount(0, text.length());
    long end = 0;
    long source = 0;
    for (MarkupEvent piece : pieces) {
      if (piece instanceof AnnotatedSegment segment) {
        assertTrue(segment.start() >= end && segment.end() > segment.start(), where);
        end = segment.end();
        AnnotatedText annotated = new LexiconAnnotator(lexicon).annotate(segment.annotatedText());
        NormalizedText counting = count(annotated);
        words(segment, counting, source, length, where);
        for (Normalizer normalizer : normalizers) {
          words(segment, normalizer.normalize(annotated), source, length, where);
        }
        source = segment.sourceEnd(Math.toIntExact(segment.end() - segment.start()));
      }
    }
  }

  private NormalizedText count(AnnotatedText annotated) {
    CountedText source = new CountedText(annotated.text());
    NormalizedText spoken = counted.normalize(source.cursor(), annotated.spans());
    if (annotated.text().length() >= SHORT) {
      mostReads = Math.max(mostReads, (double) source.reads() / annotated.text().length());
      double written = annotated.text().length() + annotated.replacementLength();
      mostSaid = Math.max(mostSaid, spoken.text().length() / written);
    }
    assertTrue(mostReads <= MOST_READS && mostSaid <= MOST_SAID, annotated::text);
    return spoken;
  }

  private static void words(
      AnnotatedSegment segment, NormalizedText spoken, long source, long length, String where) {
    long last = source;
    for (SpokenWord word : spoken.words()) {
      long from = segment.sourceStart((int) word.sourceStart());
      long to = segment.sourceEnd((int) word.sourceEnd());
      assertTrue(from >= last && from < to && to <= length, where + " " + word);
      assertFalse(word.text().isBlank(), where);
      word.pronunciation()
          .ifPresent(how -> assertTrue(spoken.text().contains(how.said()), where + " " + word));
      last = from;
    }
  }

  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "<speak>" : "");
    for (int parts = 1 + random.nextInt(25); parts > 0; parts--) {
      String part =
          random.nextInt(8) > 0
              ? TOKENS.get(random.nextInt(TOKENS.size()))
              : Character.toString(Fuzz.codePoint(random));
      text.append(part.repeat(random.nextInt(20) == 0 ? 1 + random.nextInt(100) : 1));
    }
    return text.toString();
  }

  private static Lexicon lexicon(RandomGenerator random) {
    return switch (random.nextInt(5)) {
      case 0 -> LexiconReader.text("a=" + "b ".repeat(95), "options.lexicon");
      case 1 -> LexiconReader.text("alpha=/ælfə/;nginx=engine x;a=$5", "options.lexicon");
      case 2 -> LexiconReader.text("GIF=/" + "b".repeat(190) + "/;x=:)", "options.lexicon");
      default -> Lexicon.EMPTY;
    };
  }
}
