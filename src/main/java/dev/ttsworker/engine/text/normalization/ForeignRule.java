package dev.ttsworker.engine.text.normalization;

import java.lang.Character.UnicodeScript;
import java.util.Optional;

/// Text normalization of words in scripts that an English voice cannot pronounce, of which eSpeak
/// NG would name each letter: dropped, with the brackets or quotes around them.
final class ForeignRule implements Rule {
  private static final int LONGEST = 200;
  private static final int FIRST_IDEOGRAPHIC = 0x3000;
  private static final int SHORTEST_GREEK = 3;
  private static final String OPENERS = "([{\"'“‘«「『《〈（【";
  private static final String CLOSERS = ")]}\"'”’»」』》〉）】";

  @Override
  public Optional<Verbalization> read(Cursor text, int at) {
    char c = text.peek(at);
    if (c < 0x80 && "([{\"'".indexOf(c) < 0) {
      return Optional.empty();
    }
    int opener = OPENERS.indexOf(c);
    int start = opener >= 0 ? at + 1 : at;
    int end = end(text, start);
    if (end == start) {
      return Optional.empty();
    }
    if (opener < 0) {
      return Optional.of(Verbalization.dropped(end));
    }
    return text.peek(end) == CLOSERS.charAt(opener)
        ? Optional.of(Verbalization.dropped(end + 1))
        : Optional.empty();
  }

  /// Just past the last such letter of a run of words; `start` where none is there.
  private static int end(Cursor text, int start) {
    int end = start;
    int limit = Math.min(text.length(), start + LONGEST);
    for (int i = start; i < limit; ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (isForeign(c)) {
        end = next;
      } else if (end == start || !isBetween(c)) {
        break;
      }
      i = next;
    }
    return isGreek(text, start) && end - start < SHORTEST_GREEK ? start : end;
  }

  private static boolean isGreek(Cursor text, int at) {
    return at < text.length() && UnicodeScript.of(text.codePointAt(at)) == UnicodeScript.GREEK;
  }

  private static boolean isForeign(int c) {
    return switch (UnicodeScript.of(c)) {
      case LATIN, COMMON, INHERITED, UNKNOWN ->
          isMark(c) || (c > FIRST_IDEOGRAPHIC && Character.isLetter(c));
      default -> Character.isLetterOrDigit(c) || isMark(c);
    };
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /// Whether a run of such words may continue after it.
  private static boolean isBetween(int c) {
    return c != '\n' && !Character.isLetterOrDigit(c) && (c > 0x7f || " ,.-'".indexOf(c) >= 0);
  }
}
