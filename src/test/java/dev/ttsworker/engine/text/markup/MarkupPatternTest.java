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
  private static final Map<MarkKind, Pattern> PATTERNS = new EnumMap<>(MarkKind.class);

  static {
    add(MarkKind.PHONEMES, "\\[\\[[^\\[\\]\\n]{1,200}+\\]\\]");
    add(MarkKind.PAUSE, "(?i)\\[pause:[ ]?[\\d.]{1,10}+[ ]?m?s[ ]?\\]");
    add(MarkKind.WORD, "\\[[^\\[\\]\\n]{1,80}+\\]\\(/[^/()\\n]{1,200}+/\\)");
    add(MarkKind.TAG, "</?+[a-zA-Z][\\w:.-]{0,30}+(?:" + ATTRIBUTE + "){0,8}+\\s{0,20}+/?+>");
    add(MarkKind.COMMENT, "<!--(?s:.*?)-->");
    add(MarkKind.QUOTED, "<!\\[CDATA\\[(?s:.*?)\\]\\]>");
    add(MarkKind.DOCTYPE, "<!DOCTYPE\\s[^\\[\\]>]{0,300}+>");
    add(
        MarkKind.DOCTYPE_WITH_DECLARATIONS,
        "<!DOCTYPE\\s[^\\[\\]>]{0,300}+\\[[^\\]]{0,1000}+\\]\\s{0,20}+>");
    add(MarkKind.INSTRUCTION, "<\\?[a-zA-Z][^>?]{0,300}+\\?>");
    add(MarkKind.ENTITY, "&#?+[a-zA-Z0-9]{1,20}+;");
  }

  private final long seed = Fuzz.seed();
  private final Random random = new Random(seed);

  private static void add(MarkKind kind, String regex) {
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
  void aShapeIsWhatItsExpressionSays(MarkKind kind) {
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
  private String begin(MarkKind kind) {
    List<String> begins =
        switch (kind) {
          case PHONEMES -> List.of("[[", "[[a", "[[a]");
          case PAUSE -> List.of("[pause:", "[pause:1s");
          case WORD -> List.of("[a", "[a](/", "[a](/b");
          case TAG -> List.of("<a", "</a", "<a b='c'", "<a b='", "<a b=\"c\" d='");
          case COMMENT -> List.of("<!--", "<!--a-");
          case QUOTED -> List.of("<![CDATA[", "<![CDATA[a]");
          case DOCTYPE, DOCTYPE_WITH_DECLARATIONS ->
              List.of("<!DOCTYPE ", "<!DOCTYPE a[", "<!DOCTYPE a []");
          case INSTRUCTION -> List.of("<?a", "<?a?");
          case ENTITY -> List.of("&", "&#", "&a");
        };
    return random.nextInt(4) == 0 ? "" : begins.get(random.nextInt(begins.size()));
  }

  /// @return whether a whole mark came
  private boolean compare(MarkKind kind, String text) {
    MarkupPattern shape = MarkupPatterns.begin(kind);
    State state = State.OPEN;
    int last = 0;
    int at = 0;
    while (at < text.length() && state == State.OPEN) {
      int c = text.codePointAt(at);
      last = at;
      at += Character.charCount(c);
      state = shape.next(c);
    }
    // An expression that is open behind a text is so behind each beginning of it.
    String before = text.substring(0, last);
    assertEquals(State.OPEN, expected(kind, before), () -> "seed " + seed + ": " + before);
    String seen = text.substring(0, at);
    assertEquals(expected(kind, seen), state, () -> "seed " + seed + ": " + seen);
    return state == State.WHOLE;
  }

  @SuppressWarnings("JdkObsolete")
  private static State expected(MarkKind kind, String text) {
    Matcher matcher = Objects.requireNonNull(PATTERNS.get(kind)).matcher(text);
    return matcher.lookingAt() ? State.WHOLE : matcher.hitEnd() ? State.OPEN : State.NONE;
  }

  @Test
  void aMarkHasALargestLength() {
    for (int length : new int[] {10, Candidate.LONGEST, Candidate.LONGEST + 1}) {
      String comment = "<!--" + "a".repeat(length - 7) + "-->";
      Candidate candidate = new Candidate(0, MarkKind.XML, new EnumMap<>(MarkKind.class));
      boolean found = false;
      for (int at = 0; at < comment.length() && candidate.isOpen(); at++) {
        found |= candidate.next(comment.charAt(at)).isPresent();
      }
      assertEquals(length <= Candidate.LONGEST, found, length + " chars");
    }
  }
}
