package dev.ttsworker.yaml;

import java.util.regex.Pattern;

/// Redaction: values as people may see them, on one line, of bounded length, and without passwords.
public final class Redaction {
  private static final int LONGEST = 80;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  private Redaction() {}

  /// As [#plain], between quotation marks.
  public static String quoted(String text) {
    return '"' + plain(text) + '"';
  }

  /// The text on one line, cut when it is long.
  public static String plain(String text) {
    String safe = text.contains("://") ? masked(text) : text;
    return cut(
        CONTROL
            .matcher(safe.length() > LONGEST ? safe.substring(0, LONGEST + 1) : safe)
            .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0))));
  }

  /// As [#quoted], with everything escaped that is not printable ASCII: what cannot be seen, and
  /// what looks like something else.
  public static String ascii(String text) {
    StringBuilder shown = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      if (shown.length() > LONGEST) {
        return shown.append("…\"").toString();
      }
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        shown.append(c);
      } else {
        shown.append("\\u%04x".formatted((int) c));
      }
    }
    return shown.append('"').toString();
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /// An address with user name and password starred out.
  public static String masked(String url) {
    int at = url.lastIndexOf('@');
    if (at < 0) {
      return url;
    }
    int start = url.indexOf("://");
    String scheme = start >= 0 && start < at ? url.substring(0, start + 3) : "";
    return scheme + "***" + url.substring(at);
  }
}
