package dev.ttsworker.bench.html;

import java.util.ArrayDeque;
import java.util.Deque;

/// Builds a document that is both HTML and well-formed XML. Every text and attribute is escaped
/// here and nowhere else.
final class Markup {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /// Opens an element.
  ///
  /// @param attributes names and values in turn
  Markup open(String tag, Object... attributes) {
    begin(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /// An element without content: one of SVG, or one of HTML that never has any.
  Markup empty(String tag, Object... attributes) {
    begin(tag, attributes);
    out.append("/>");
    return this;
  }

  /// An element that holds just text.
  Markup element(String tag, String text, Object... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /// Text within the open element.
  Markup text(String text) {
    escape(text);
    return this;
  }

  /// Closes the element that was opened last.
  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  private void begin(String tag, Object... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1].toString());
      out.append('"');
    }
  }

  private void escape(String text) {
    text.codePoints().forEach(this::escape);
  }

  private void escape(int codePoint) {
    switch (codePoint) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isAllowed(codePoint) ? codePoint : 0xFFFD);
    }
  }

  /// Characters of XML 1.0, less those that HTML takes for control characters.
  private static boolean isAllowed(int codePoint) {
    if (codePoint < 0x20) {
      return codePoint == '\t' || codePoint == '\n';
    }
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    return !surrogate && !Character.isISOControl(codePoint) && (codePoint & 0xFFFE) != 0xFFFE;
  }

  /// The whole document.
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Still open: " + open);
    }
    return out.toString();
  }
}
