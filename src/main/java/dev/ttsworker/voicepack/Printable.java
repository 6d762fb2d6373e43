package dev.ttsworker.voicepack;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// Sanitizer: makes text from files and other programs fit for one line of a message.
public final class Printable {
  private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s@]*@");

  private Printable() {}

  /// `text` on one line: runs of white space and control characters as one space, halves of
  /// surrogate pairs dropped, cut to `maxChars` (ending in `…` when cut).
  public static String printable(String text, int maxChars) {
    StringBuilder clean = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length() && clean.length() <= maxChars; ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (Character.isWhitespace(codePoint) || Character.isISOControl(codePoint)) {
        gap = !clean.isEmpty();
      } else if (isVisible(codePoint)) {
        clean.append(gap ? " " : "").appendCodePoint(codePoint);
        gap = false;
      }
    }
    return cut(clean, maxChars);
  }

  /// `text` without the user name and password that an address in it may carry.
  public static String withoutCredentials(String text) {
    return CREDENTIALS.matcher(text).replaceAll("://");
  }

  /// The last two names of a path: enough to find the file, without telling where the worker lives.
  public static String shortName(Path file) {
    int count = file.getNameCount();
    return count <= 2 ? file.toString() : file.subpath(count - 2, count).toString();
  }

  private static boolean isVisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.SURROGATE && type != Character.FORMAT && type != Character.UNASSIGNED;
  }

  private static String cut(StringBuilder text, int maxChars) {
    if (text.length() <= maxChars) {
      return text.toString();
    }
    int end = Character.isHighSurrogate(text.charAt(maxChars - 2)) ? maxChars - 2 : maxChars - 1;
    return text.substring(0, end) + "…";
  }
}
