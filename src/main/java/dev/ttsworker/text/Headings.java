package dev.ttsworker.text;

import java.util.Locale;
import java.util.Set;

/// Tells headings without an end mark from lines of wrapped text.
final class Headings {
  private static final int LONGEST = 60;
  private static final Set<String> SMALL_WORDS =
      Set.of(
          ("a an the and or but nor of in on to for with at by from vs as is into over your our my"
                  + " its their up")
              .split(" ", -1));

  private Headings() {}

  /// Whether a text, a line of which ends at an index, is a heading: that line is all there is, is
  /// short, and ends with a colon or has a capital or figure at the start of each word but small
  /// ones. Looks at a bounded number of characters.
  static boolean isHeading(CharSequence text, int end) {
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
