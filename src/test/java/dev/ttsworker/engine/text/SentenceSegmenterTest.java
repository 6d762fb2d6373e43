package dev.ttsworker.engine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentenceSegmenterTest {
  /// Text that is read again is copied first, so allocated memory shows repeated work.
  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int MOST_BYTES_PER_CHAR = 1_000;

  /// Whole texts in one piece; `|` stands where one segment ends and the next begins.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello there.| How are you?| Fine!| Well then",
        "One.Two. |Three",
        "What?! |Really?? |Yes...! |No",
        "He left… |She stayed.| And then… nothing happened.",
        "Wait... what is that? |Well... |Maybe.",
        "... and then he left.| Gone",
        "Dr. Smith met Mrs. Jones and Prof. Lee on Main St. near the park.| Good",
        "See e.g. Paris, i.e. the capital, vs. London.| Good",
        "J. R. R. Tolkien wrote it.| John F. Kennedy did not.| Good",
        "The U.S. Government and the U.N. met.| Good",
        "Apples, pears, etc. are fruit.| So are figs, plums, etc. |They are sweet.| Good",
        "Meet me at 5 p.m. on Monday.| Or at 6 p.m. |We will see.",
        "It is 3.14 or 1,000.50 or 7.30 or v1.2.3 now.| Good",
        "It was in 1999. |Then came 2000. |Good",
        "No. 5 is alive.| No. |I will not.| Born Jan. 5 in Rome.",
        "Visit www.example.com/a.b?c=d!e or mail a.b@c.org. |Good",
        "\"Stop!\" he said. |\"Why?\" |She left. |(He ran.) |Then (all of it!) was over.",
        "He said \u201cHello.\u201d |Then \u2018bye.\u2019 |Good",
        "**Bold.** |_Done!_ |Good",
        "你好。|你好吗？|“好！”|再见",
        "नमस्ते।| आप कैसे हैं।| ठीक",
        "مرحبا؟| نعم.| لا",
        "A title\n\n|The text\nruns on here\n \t\n|End",
        "Buy:\n|- milk\n|- eggs and\n|* bread\n|• tea\n|Good",
        "Steps:\n|1. Open it.|\n2. Close it\n|10) Sleep\n|Good",
        "# Title\n|Text\n|## More\n|Text",
        "It is\n-5 degrees\nor\n12.5 or\n1999 of them",
        "Dr.\nSmith came.\n|Good\r\n\r\n|Bye",
        "3. Apples are red.| 42. Fine.",
        "Yahoo!answers and a?b",
        "Well . . . maybe . |Good",
        "😀 Hi! |😀😀 you. |🎉",
        "See https://example.com/a?b=1.2&c=d!e. |Then http://a.org/x.html#y. |Good",
        "Is it on example.com? |Or at docs.example.co.uk/en? |No.",
        "Mail first.last@mail.example.com. |Or a@b.io, please.",
        "We meet at 7:30 a.m. on Monday. |Lunch is at 12.30 p.m. |See you at 19:00. |Good",
        "It starts at 7.30 pm. |It costs $4.50. |It is $5. |Good",
        "So do I. |Then you and I. |The end",
        "By I. M. Pei and A. B. Cee. |Good",
        "Use v1.2.3. |Or report.pdf. |Or Node.js 20.1. |Good",
        "今天好。|明天呢？|不！|完",
        "كيف حالك؟ |جيد۔ |شكرا",
        "?!",
        "word"
      })
  void sentencesEndWhereTheyShould(String marked) {
    String text = marked.replace("|", "");
    List<String> expected = new ArrayList<>();
    for (String part : marked.split("\\|", -1)) {
      expected.add(part.strip());
    }
    assertEquals(expected, texts(Segmenting.all(List.of(text))));
  }

  /// Pieces are parted by `¦`; what is complete after them, without the end of the text.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello. ¦=Hello.",
        "Hello there¦.=Hello there.",
        "Hello there!¦How are you?¦I am fine.=Hello there!|How are you?|I am fine.",
        "He said \"Go.\"¦Then he went.=He said \"Go.\"|Then he went.",
        "你好。=你好。",
        "Well…=Well…",
        "Dr.=",
        "Dr¦.¦ Smith=",
        "J¦.¦ R¦.¦ R¦.=",
        "e¦.¦g¦.=",
        "It costs 3.=",
        "It costs 3¦.¦5 euros¦.=It costs 3.5 euros.",
        "It costs 3.¦ Then=It costs 3.",
        "It costs 3.¦Then we go.=It costs 3.|Then we go.",
        "Take plan B.¦Then we go.=Take plan B.|Then we go.",
        "Pears, plums, etc.¦They are fruit.=Pears, plums, etc.|They are fruit.",
        "No.¦I will not.=No.|I will not.",
        "No.¦ 5=",
        "Hello.¦¦ World.=Hello.|World.",
        "Hello¦, world=",
        "Say \"stop!\" =",
        "Say \"stop!\" ¦he=",
        "Say \"stop!\" ¦He=Say \"stop!\"",
        "Line\n=",
        "Line\n¦\n=Line",
        "Line\n¦1¦.¦ x=Line",
        "- item\n=- item"
      })
  void anEndIsTakenAsSoonAsItIsCertain(String row) {
    int equals = row.lastIndexOf('=');
    SentenceSegmenter segmenter = new SentenceSegmenter();
    List<String> complete = new ArrayList<>();
    for (String piece : row.substring(0, equals).split("¦", -1)) {
      complete.addAll(texts(segmenter.appendText(piece)));
    }
    assertEquals(row.substring(equals + 1), String.join("|", complete));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n \t", "\u00a0\u3000"})
  void blankTextGivesNothing(String text) {
    assertEquals(List.of(), Segmenting.all(List.of(text)));
    assertEquals(List.of(), Segmenting.all(List.of()));
  }

  @Test
  void offsetsAreCodePointsOfTheWholeText() {
    List<Segment> segments = Segmenting.all(List.of("  😀 Hi. ", " You\n", "😀\n\nthere  "));
    assertEquals(
        List.of(
            new Segment("😀 Hi.", 2, 7),
            new Segment("You\n😀", 9, 14),
            new Segment("there", 16, 21)),
        segments);
  }

  @Test
  void aLetterMayBeCutBetweenPieces() {
    String smile = "😀";
    List<Segment> segments =
        Segmenting.all(List.of("a " + smile.charAt(0), smile.charAt(1) + " b."));
    assertEquals(List.of(new Segment("a 😀 b.", 0, 6)), segments);
    assertEquals(
        List.of(new Segment("a" + smile.charAt(0), 0, 2)),
        Segmenting.all(List.of("a" + smile.charAt(0))));
  }

  @Test
  void aLongSentenceIsCutAfterAClause() {
    String clause = "word ".repeat(30).strip() + ", ";
    List<Segment> segments = Segmenting.all(List.of(clause.repeat(20)));
    assertTrue(segments.size() >= 8, () -> "segments: " + segments.size());
    assertTrue(segments.stream().allMatch(segment -> segment.text().endsWith(",")));
    assertTrue(segments.stream().allMatch(Segmenting::isBounded));
  }

  @Test
  void aShortClauseIsNotWorthTheBreak() {
    List<Segment> segments = Segmenting.all(List.of("Well, " + "word ".repeat(100)));
    assertEquals(2, segments.size());
    assertEquals("Well, " + "word ".repeat(38) + "word", segments.getFirst().text());
  }

  @Test
  void aLongSentenceWithoutClausesIsCutAtBlanks() {
    List<Segment> segments = Segmenting.all(List.of("word ".repeat(4_000)));
    assertEquals("word ".repeat(4_000).strip(), String.join(" ", texts(segments)));
    assertTrue(segments.stream().allMatch(Segmenting::isBounded));
  }

  @Test
  void aLongWordIsCutBetweenCharacters() {
    assertEquals(List.of(200, 200, 200, 400), lengths("x".repeat(1_000)));
    assertEquals(List.of(200, 200, 200, 400), lengths("😀".repeat(1_000)));
    assertEquals(List.of(198, 198, 198, 206), lengths("e\u0301\u0302".repeat(266) + "e\u0301"));
    assertEquals(List.of(198, 198, 198, 206), lengths("e\u0301\u0302".repeat(266) + "xy"));
    assertEquals(24, lengths("x".repeat(5_000)).size());
    assertTrue(
        Segmenting.all(List.of("e" + "\u0301".repeat(3_000))).stream()
            .allMatch(Segmenting::isBounded));
    assertTrue(Segmenting.all(List.of(".".repeat(3_000))).stream().allMatch(Segmenting::isBounded));
  }

  @Test
  void workGrowsLinearlyWithTheTextWhateverItsChunks() {
    String sentence = "Dr. No said: well... 3.5 is \"more!\" than, say, U.S. 2\n- no. ";
    for (String text :
        List.of(
            sentence.repeat(1_700),
            "x".repeat(100_000),
            "x ".repeat(50_000),
            ". ".repeat(50_000),
            ".".repeat(100_000),
            "\"!".repeat(50_000),
            "a\n1".repeat(33_000),
            " ".repeat(100_000),
            "a,".repeat(50_000),
            ("a " + "x".repeat(398)).repeat(250),
            ("x".repeat(100) + ", " + "y".repeat(297) + " ").repeat(250))) {
      long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
      SentenceSegmenter segmenter = new SentenceSegmenter();
      for (int at = 0; at < text.length(); at += 10) {
        for (Segment segment :
            segmenter.appendText(text.substring(at, Math.min(text.length(), at + 10)))) {
          assertTrue(Segmenting.isBounded(segment));
        }
      }
      segmenter.finish();
      long bytes = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
      String head = text.substring(0, 20);
      assertTrue(
          bytes <= (long) MOST_BYTES_PER_CHAR * text.length(),
          () -> head + "… allocated " + bytes / text.length() + " bytes for each char");
    }
  }

  /// Each ends a line; a line end that was not taken for a blank once made segments without end.
  @Test
  void everyLineEndIsABlank() {
    for (String end : List.of("\n", "\r\n", "\u0085", "\u2028", "\u2029")) {
      assertEquals(
          List.of("one", "- two", "three"),
          texts(Segmenting.all(List.of("one" + end + "- two" + end.repeat(80) + "three"))));
    }
  }

  @Test
  void wordsAreLettersOrDigits() {
    assertTrue(Speakable.hasWords("… 7!"));
    assertTrue(Speakable.hasWords("好"));
    assertFalse(Speakable.hasWords("?! 😀 \n"));
  }

  private static List<Integer> lengths(String text) {
    return Segmenting.all(List.of(text)).stream()
        .map(segment -> (int) (segment.end() - segment.start()))
        .toList();
  }

  private static List<String> texts(List<Segment> segments) {
    return segments.stream().map(Segment::text).toList();
  }
}
