package dev.ttsworker.engine.text;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Heading detection: distinguishes headings without end punctuation from lines of wrapped text.
final class Headings {
  private static final int LONGEST = 60;
  private static final Set<String> SMALL_WORDS =
      Set.of(
          ("a an the and or but nor of in on to for with at by from vs as is into over your our my"
                  + " its their up")
              .split(" ", -1));

  private static final int LONGEST_FENCE = 24;
  private static final int SHORT_LINE = 40;
  private static final int MOST_WORDS = 3;
  private static final Predicate<String> LABELLED =
      Pattern.compile("\\p{Lu}[\\p{L}\\p{N} /-]{1,24}: \\S.{0,50}").asMatchPredicate();
  private static final Predicate<String> COUNTED =
      Pattern.compile("\\d[\\d./⁄½⅓⅔¼¾-]{0,8} \\p{L}.{1,40}").asMatchPredicate();

  private Headings() {}

  /// The rule for the end of a line.
  ///
  /// @param text the segment so far
  /// @param start where the line begins
  /// @param end where it ends
  static BoundaryRule ruleAfter(CharSequence text, int start, int end) {
    if (end <= start) {
      return BoundaryRule.LINE;
    }
    char first = text.charAt(start);
    char last = text.charAt(end - 1);
    String line = text.subSequence(start, Math.min(end, start + LONGEST + 1)).toString();
    boolean fence = line.startsWith("```") || line.startsWith("~~~");
    if ((fence && end - start < LONGEST_FENCE && line.indexOf(' ') < 0)
        || (first == '|' && last == '|')) {
      return BoundaryRule.FENCE;
    }
    boolean whole = line.length() <= LONGEST && !SMALL_WORDS.contains(lastWord(line));
    if (last == ':'
        || isHeading(text, end)
        || (whole && start == 0 && (isBrief(line) || LABELLED.test(line) || COUNTED.test(line)))) {
      return BoundaryRule.HEADING;
    }
    boolean sentence = Character.isUpperCase(first) && Character.isLetterOrDigit(last);
    return whole && sentence && line.length() <= SHORT_LINE
        ? BoundaryRule.SHORT_LINE
        : BoundaryRule.LINE;
  }

  /// Whether it is a line of a list without bullets: "Fresh milk".
  private static boolean isBrief(String line) {
    return Character.isUpperCase(line.charAt(0))
        && Character.isLetterOrDigit(line.charAt(line.length() - 1))
        && line.chars().filter(c -> c == ' ').count() < MOST_WORDS;
  }

  private static String lastWord(String line) {
    return line.substring(line.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
  }

  /// Whether a text whose first line ends at an index is a heading: it has one line, is short, and
  /// ends with a colon or has a capital or digit at the start of each word except function words.
  /// Reads a bounded number of characters.
  private static boolean isHeading(CharSequence text, int end) {
    if (end == 0 || end > LONGEST) {
      return false;
    }
    String line = text.subSequence(0, end).toString();
    char last = line.charAt(end - 1);
    if (line.indexOf('\n') >= 0 || !(Character.isLetterOrDigit(last) || last == ':')) {
      return false;
    }
    String[] words = line.split("[^\\p{L}\\p{N}'’.-]++", -1);
    boolean first = true;
    for (String word : words) {
      if (word.isEmpty()) {
        continue;
      }
      boolean small = Character.isLowerCase(word.charAt(0));
      if (small && (first || !SMALL_WORDS.contains(word.toLowerCase(Locale.ROOT)))) {
        return last == ':' && !first;
      }
      first = false;
    }
    return !first;
  }
}
