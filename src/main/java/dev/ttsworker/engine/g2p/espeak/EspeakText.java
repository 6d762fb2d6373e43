package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.engine.g2p.Utf16Sanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Input sanitizer for eSpeak NG 1.52: some artificial texts overflow its fixed buffers and crash
/// the process. Ordinary text is unchanged. Each rule corresponds to a crash found by fuzzing.
final class EspeakText {
  /// Characters of a word with other signs than letters, such as `s's's's'…`, before a blank is
  /// inserted.
  private static final int MAX_MIXED_WORD = 60;

  /// eSpeak drops letters of a word after about 150.
  private static final int MAX_WORD = 120;

  /// eSpeak looks an abbreviation with full stops up together with the word after it, even after a
  /// blank, and copies both into 160 bytes. The abbreviation, which [#LONG_ABBREVIATION] bounds,
  /// takes up to 50 of them; this bounds the word, with a reserve.
  private static final int MAX_BYTES_AFTER_STOP = 80;

  /// Ten single characters with full stops between them, `A.B.C.…`: eSpeak collects such an
  /// abbreviation, whatever its length, in 80 bytes. The tenth full stop becomes a blank.
  /// Possessive, so linear in time.
  private static final Pattern LONG_ABBREVIATION =
      Pattern.compile(
          "((?:[^\\s\\p{P}]\\s*+\\.[\\p{P}\\s]*+){9}[^\\s\\p{P}])\\s*+\\.[\\p{P}\\s]*+");

  /// A hyphen between another sign and a letter, `}-你`, or before a mark without a letter, `m-्`:
  /// eSpeak changes the language within the word and reads a phoneme out of range. A back-tick that
  /// touches no letter is a word without phonemes in Vietnamese.
  private static final Pattern FRAGILE_SIGN =
      Pattern.compile(
          "(?<=[^\\s\\p{L}\\p{N}])-(?=\\p{L})|-(?=\\p{M})"
              + "|(?<![\\p{L}\\p{N}])`(?![\\p{L}\\p{N}])");

  /// `D.#`: an abbreviation of the dictionary directly before a sign makes eSpeak skip words that
  /// do not exist. A blank is inserted before the sign.
  private static final Pattern SIGN_AFTER_STOP = Pattern.compile("\\.(?=[#=+*\\\\<>&%$@^~|/`])");

  private static final int NAMED_WEIGHT = 10;

  private EspeakText() {}

  /// Splits a text into inputs of eSpeak: well-formed, sanitized, each at most `limit` chars. A
  /// part that starts with white space starts at a word boundary, another within a word.
  ///
  /// @param limit at least 2; signs and ideographs count as ten chars
  static List<String> split(String text, int limit) {
    String clean = Utf16Sanitizer.clean(text);
    String shortened = LONG_ABBREVIATION.matcher(clean).replaceAll("$1 ");
    String separated = FRAGILE_SIGN.matcher(shortened).replaceAll(" ");
    return cut(breakWords(SIGN_AFTER_STOP.matcher(separated).replaceAll(". ")), limit);
  }

  private static String breakWords(String text) {
    StringBuilder broken = new StringBuilder(text.length() + 16);
    Word word = new Word(false);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      if (Character.isWhitespace(codePoint)) {
        word = word.isEmpty() ? word : new Word(word.hasStop);
      } else {
        if (!word.hasRoomFor(codePoint)) {
          broken.append(' ');
          word = new Word(word.hasStop);
        }
        word.add(codePoint);
      }
      broken.appendCodePoint(codePoint);
    }
    return broken.toString();
  }

  /// Current word.
  private static final class Word {
    private final boolean isAfterStop;
    private boolean hasStop;
    private boolean isMixed;
    private int letters;
    private int bytes;

    Word(boolean isAfterStop) {
      this.isAfterStop = isAfterStop;
    }

    boolean isEmpty() {
      return letters == 0;
    }

    boolean hasRoomFor(int codePoint) {
      boolean mixed = isMixed || !isPartOfLetter(codePoint);
      boolean bounded = isAfterStop || hasStop;
      return letters < (mixed ? MAX_MIXED_WORD : MAX_WORD)
          && (!bounded || bytes + bytesOf(codePoint) <= MAX_BYTES_AFTER_STOP);
    }

    void add(int codePoint) {
      isMixed |= !isPartOfLetter(codePoint);
      hasStop |= codePoint == '.';
      letters += lettersOf(codePoint);
      bytes += bytesOf(codePoint);
    }
  }

  /// eSpeak decomposes a Hangul syllable into its letters.
  private static int lettersOf(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL ? 3 : 1;
  }

  /// Bytes of UTF-8 in eSpeak's buffers, where capitals have become small letters.
  static int bytesOf(int codePoint) {
    return Math.max(utf8Bytes(codePoint), utf8Bytes(Character.toLowerCase(codePoint)))
        * lettersOf(codePoint);
  }

  private static int utf8Bytes(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  static boolean isPartOfLetter(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isLetter(codePoint)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /// Splits before the last white space that fits, or, where there is none, between two code
  /// points.
  private static List<String> cut(String text, int limit) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int most = fitting(text, 0, limit);
        most < text.length();
        most = fitting(text, start, limit)) {
      int end = most;
      while (end > start && !Character.isWhitespace(text.charAt(end))) {
        end--;
      }
      end = end > start ? end : most;
      pieces.add(text.substring(start, end));
      start = end;
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  /// End of a part from `start`: at least one code point, then until the weights reach the limit.
  private static int fitting(String text, int start, int limit) {
    int end = start;
    int weight = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      weight += weight(codePoint);
      if (weight > limit && end > start) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  /// A letter of an alphabet is about one phoneme; a character that eSpeak may have to name
  /// ("Chinese letter") is a whole word, and too many of them in a clause overrun its phoneme list.
  private static int weight(int codePoint) {
    boolean named =
        codePoint > 0xFF
            && (Character.isIdeographic(codePoint)
                || Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HANGUL
                || !isPartOfLetter(codePoint));
    return named ? NAMED_WEIGHT : Character.charCount(codePoint);
  }
}
