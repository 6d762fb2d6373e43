package dev.ttsworker.engine.text.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.text.markup.MarkupPattern.State;
import dev.ttsworker.fuzz.Fuzz;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each shape against a regular expression that says the same.
final class MarkupPatternTest {
  private static final String ATTRIBUTE =
      "\\s{1,20}+[a-zA-Z_][\\w:.-]{0,40}+\\s?+=\\s?+(?:\"[^\"<]{0,300}+\"|'[^'<]{0,300}+')";
  private static final Map<MarkupKind, Pattern> PATTERNS = new EnumMap<>(MarkupKind.class);

  static {
    add(MarkupKind.PHONEMES, "\\[\\[[^\\[\\]\\n]{1,200}+\\]\\]");
    add(MarkupKind.PAUSE, "(?i)\\[pause:[ ]?[\\d.]{1,10}+[ ]?m?s[ ]?\\]");
    add(MarkupKind.WORD, "\\[[^\\[\\]\\n]{1,80}+\\]\\(/[^/()\\n]{1,200}+/\\)");
    add(MarkupKind.TAG, "</?+[a-zA-Z][\\w:.-]{0,30}+(?:" + ATTRIBUTE + "){0,8}+\\s{0,20}+/?+>");
    add(MarkupKind.COMMENT, "<!--(?s:.*?)-->");
    add(MarkupKind.CDATA, "<!\\[CDATA\\[(?s:.*?)\\]\\]>");
    add(MarkupKind.DOCTYPE, "<!DOCTYPE\\s[^\\[\\]>]{0,300}+>");
    add(
        MarkupKind.DOCTYPE_WITH_DECLARATIONS,
        "<!DOCTYPE\\s[^\\[\\]>]{0,300}+\\[[^\\]]{0,1000}+\\]\\s{0,20}+>");
    add(MarkupKind.INSTRUCTION, "<\\?[a-zA-Z][^>?]{0,300}+\\?>");
    add(MarkupKind.ENTITY, "&#?+[a-zA-Z0-9]{1,20}+;");
  }

  private final long seed = Fuzz.seed();
  private final Random random = new Random(seed);

  private static void add(MarkupKind kind, String regex) {
    PATTERNS.put(kind, Pattern.compile(regex));
  }

  private static final List<String> TOKENS =
      List.of(
          "<",
          ">",
          "/",
          "[",
          "]",
          "](/",
          "/)",
          "]]",
          "[[",
          "a",
          "B",
          " ",
          "\n",
          "&",
          "#",
          ";",
          "x41",
          "<a",
          "</a",
          "<a b=\"c\"",
          " b='c'",
          "='",
          "\"",
          "'",
          "=",
          "<!--",
          "-",
          "--",
          "-->",
          "<![CDATA[",
          "]]>",
          "<!DOCTYPE ",
          "<?xml",
          "?",
          "[pause:",
          "[PAUSE: 1.5 ",
          "ms]",
          "s",
          "1",
          ".",
          "😀",
          "\ud83d",
          "\t",
          "_:.-");

  @ParameterizedTest
  @EnumSource
  void aShapeIsWhatItsExpressionSays(MarkupKind kind) {
    int whole = 0;
    for (int round = 0; round < 4_000; round++) {
      StringBuilder text = new StringBuilder(begin(kind));
      for (int i = random.nextInt(12); i > 0; i--) {
        int times = random.nextInt(20) == 0 ? 1 + random.nextInt(310) : 1;
        text.append(TOKENS.get(random.nextInt(TOKENS.size())).repeat(times));
      }
      whole += compare(kind, text.toString()) ? 1 : 0;
    }
    int found = whole;
    assertTrue(found > 0, () -> "seed " + seed + ": " + found + " were whole");
  }

  /// Half of the texts begin as the mark does, which chance hardly finds.
  private String begin(MarkupKind kind) {
    List<String> begins =
        switch (kind) {
          case PHONEMES -> List.of("[[", "[[a", "[[a]");
          case PAUSE -> List.of("[pause:", "[pause:1s");
          case WORD -> List.of("[a", "[a](/", "[a](/b");
          case TAG -> List.of("<a", "</a", "<a b='c'", "<a b='", "<a b=\"c\" d='");
          case COMMENT -> List.of("<!--", "<!--a-");
          case CDATA -> List.of("<![CDATA[", "<![CDATA[a]");
          case DOCTYPE, DOCTYPE_WITH_DECLARATIONS ->
              List.of("<!DOCTYPE ", "<!DOCTYPE a[", "<!DOCTYPE a []");
          case INSTRUCTION -> List.of("<?a", "<?a?");
          case ENTITY -> List.of("&", "&#", "&a");
        };
    return random.nextInt(4) == 0 ? "" : begins.get(random.nextInt(begins.size()));
  }

  /// @return whether a whole mark came
  private boolean compare(MarkupKind kind, String text) {
    MarkupPattern shape = MarkupPatterns.begin(kind);
    State state = State.INCOMPLETE;
    int last = 0;
    int at = 0;
    while (at < text.length() && state == State.INCOMPLETE) {
      int c = text.codePointAt(at);
      last = at;
      at += Character.charCount(c);
      state = shape.next(c);
    }
    // An expression that is open behind a text is so behind each beginning of it.
    String before = text.substring(0, last);
    assertEquals(State.INCOMPLETE, expected(kind, before), () -> "seed " + seed + ": " + before);
    String seen = text.substring(0, at);
    assertEquals(expected(kind, seen), state, () -> "seed " + seed + ": " + seen);
    return state == State.COMPLETE;
  }

  @SuppressWarnings("JdkObsolete")
  private static State expected(MarkupKind kind, String text) {
    Matcher matcher = Objects.requireNonNull(PATTERNS.get(kind)).matcher(text);
    return matcher.lookingAt()
        ? State.COMPLETE
        : matcher.hitEnd() ? State.INCOMPLETE : State.NO_MATCH;
  }

  @Test
  void aMarkHasALargestLength() {
    for (int length : new int[] {10, MarkupCandidate.LONGEST, MarkupCandidate.LONGEST + 1}) {
      String comment = "<!--" + "a".repeat(length - 7) + "-->";
      MarkupCandidate candidate =
          new MarkupCandidate(
              0, MarkupKind.XML, MarkupPatterns::begin, new EnumMap<>(MarkupKind.class));
      boolean found = false;
      for (int at = 0; at < comment.length() && candidate.isOpen(); at++) {
        found |= candidate.next(comment.charAt(at)).isPresent();
      }
      assertEquals(length <= MarkupCandidate.LONGEST, found, length + " chars");
    }
  }
}
