package dev.ttsworker.engine.text.normalization;

import dev.ttsworker.engine.text.Speakable;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Unicode cleanup: a text without invisible characters, with canonical apostrophes, hyphens,
/// letters and digits, and commas for the blanks between thousands. Maps each character to its
/// source. Immutable.
final class CleanText {
  private static final String APOSTROPHES = "´ʼʹʻʽ‘‛՚＇";
  private static final Set<String> TAILS =
      Set.of("t", "s", "m", "d", "re", "ve", "ll", "all", "em", "am", "clock");
  private static final int LONGEST_TAIL = 5;
  private static final int JOINER = 0x200D;

  /// Groups of three digits separated by blanks.
  private static final Pattern GROUPS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_.,+()/:-]|\\p{N}[ \u00a0\u2009\u202f])"
              + "[1-9]\\d{0,2}+(?:[ \u00a0\u2009\u202f]\\d{3}){1,4}+"
              + "(?![ \u00a0\u2009\u202f]?[\\d(])(?![\\p{L}_/-])");

  /// Text after groups that are thousands.
  private static final Pattern COUNTED =
      Pattern.compile(
          "[ \u00a0]?(?:\\p{Ll}{2,20}+(?<=s)|people|men|women|km|kg|[€£$¥₹])(?!\\p{L})");

  private static final Pattern WORD_BEFORE = Pattern.compile("(?<word>\\p{L}{1,20})[.:#]? ?$");
  private static final Pattern MONEY_BEFORE = Pattern.compile("[$€£¥₹] ?$");
  private static final int FARTHEST = 24;
  private static final Set<String> NAMING = naming();

  private final String original;
  private final StringBuilder text = new StringBuilder();
  private int[] starts;
  private int[] ends;

  private CleanText(String original) {
    this.original = original;
    this.starts = new int[original.length()];
    this.ends = new int[original.length()];
  }

  /// Words before digits that are no count.
  private static Set<String> naming() {
    Set<String> words = new HashSet<>(Tables.read("acronyms.txt").words("before a code"));
    words.addAll(Tables.read("codes.txt").words("before a lettered number"));
    Tables.read("dates.txt").words("months").forEach(m -> words.add(m.toLowerCase(Locale.ROOT)));
    return Set.copyOf(words);
  }

  /// Cleans an English text.
  static CleanText of(String original) {
    CleanText clean = ofCharacters(original);
    clean.joinThousands();
    return clean;
  }

  /// Cleans a text of any language: what English does with thousands is left out.
  static CleanText ofCharacters(String original) {
    CleanText clean = new CleanText(original);
    boolean code = false;
    for (int at = 0; at < original.length(); ) {
      int c = original.codePointAt(at);
      int end = at + Character.charCount(c);
      code ^= c == '`';
      clean.take(c, at, end, code);
      at = end;
    }
    return clean;
  }

  private void take(int c, int at, int end, boolean code) {
    if (c < 0x80 && c != '`' && (c >= ' ' || c == '\n' || c == '\r' || c == '\t')) {
      append((char) c, at, end);
    } else if (isApostrophe(c, at, end, code)) {
      append('\'', at, end);
    } else if (c == '\u2010' || c == '\u2011') {
      append('-', at, end);
    } else if (isVariant(c)) {
      String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
      plain.chars().forEach(p -> append((char) p, at, end));
    } else if (!Speakable.isInvisible(c) || (c == JOINER && !isBetweenLetters(at, end))) {
      for (int i = at; i < end; i++) {
        append(original.charAt(i), i, i + 1);
      }
    }
  }

  private void append(char c, int start, int end) {
    if (text.length() == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length + 8);
      ends = Arrays.copyOf(ends, starts.length);
    }
    starts[text.length()] = start;
    ends[text.length()] = end;
    text.append(c);
  }

  /// Whether it serves as an apostrophe: any such sign between letters, a back-tick or a prime only
  /// before "t", "s" and the like, and no back-tick within code.
  private boolean isApostrophe(int c, int at, int end, boolean code) {
    boolean mark = APOSTROPHES.indexOf(c) >= 0;
    if (!mark && c != '`' && c != '′') {
      return false;
    }
    if (!isBetweenLetters(at, end)) {
      boolean beside =
          (at > 0 && Character.isLetter(original.charAt(at - 1)))
              || (end < original.length() && Character.isLetter(original.charAt(end)));
      return mark && c != '‘' && beside;
    }
    return mark || (hasTail(end) && (c == '′' || code));
  }

  private boolean isBetweenLetters(int at, int end) {
    return at > 0
        && end < original.length()
        && Character.isLetter(original.charAt(at - 1))
        && Character.isLetter(original.charAt(end));
  }

  private boolean hasTail(int at) {
    int end = at;
    while (end < original.length()
        && end - at <= LONGEST_TAIL
        && Character.isLetter(original.charAt(end))) {
      end++;
    }
    return TAILS.contains(original.substring(at, end).toLowerCase(Locale.ROOT));
  }

  /// Whether it is a compatibility form of letters, digits or signs: full-width, mathematical,
  /// ligature.
  private static boolean isVariant(int c) {
    return (c >= 0xFF01 && c <= 0xFF5E)
        || (c >= 0x1D400 && c <= 0x1D7FF)
        || (c >= 0xFB00 && c <= 0xFB06);
  }

  /// `20 000 people` becomes `20,000 people`.
  private void joinThousands() {
    Matcher groups = GROUPS.matcher(text);
    while (groups.find()) {
      if (areThousands(groups)) {
        for (int i = groups.start(); i < groups.end(); i++) {
          if (!Character.isDigit(text.charAt(i))) {
            text.setCharAt(i, ',');
          }
        }
      }
    }
  }

  private boolean areThousands(Matcher groups) {
    String written = groups.group();
    String before = text.substring(Math.max(0, groups.start() - FARTHEST), groups.start());
    Matcher counted = COUNTED.matcher(text).region(groups.end(), text.length());
    if (MONEY_BEFORE.matcher(before).find()
        || written.endsWith("000")
        || written.indexOf(' ') < 0) {
      return true;
    }
    Matcher word = WORD_BEFORE.matcher(before);
    boolean named = word.find() && NAMING.contains(word.group("word").toLowerCase(Locale.ROOT));
    return !named && (counted.lookingAt() || written.indexOf(' ') != written.lastIndexOf(' '));
  }

  String text() {
    return text.toString();
  }

  String original() {
    return original;
  }

  /// Index in the original of the first character of the source of an index.
  int start(int index) {
    return index < text.length() ? starts[index] : original.length();
  }

  /// Index in the original just past the source of the characters before an index.
  int end(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /// Index of the first character whose source is at or after an index of the original.
  int index(int originalIndex) {
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < originalIndex) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
