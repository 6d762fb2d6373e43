package dev.ttsworker.logging;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.logstash.logback.decorate.json.CharacterEscapesDecorator;

/// Escaping of unsafe characters in the log: control characters, which end a line for some readers
/// or control a terminal, and bidirectional marks, which change the displayed order.
final class UnsafeCharacters {
  private static final String MARKS = "\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff";
  private static final Pattern ANYWHERE = Pattern.compile("[\\p{Cc}" + MARKS + "]");
  private static final Pattern WITHIN_LINES = Pattern.compile("[\\p{Cc}" + MARKS + "&&[^\\n\\t]]");
  private static final int LAST = 0xffff;

  private UnsafeCharacters() {}

  /// Escapes text to one line.
  static String onOneLine(String text) {
    String escapedBreaks = text.replace("\r", "\\r").replace("\n", "\\n");
    return escaped(ANYWHERE, escapedBreaks);
  }

  /// Escapes text, keeping line breaks and tabs.
  static String onLines(String text) {
    return escaped(WITHIN_LINES, text);
  }

  private static String escaped(Pattern unsafe, String text) {
    return unsafe.matcher(text).replaceAll(found -> "\\" + escape(found.group().charAt(0)));
  }

  /// Escapes for JSON, which requires it for some control characters only.
  static CharacterEscapesDecorator inJson() {
    CharacterEscapesDecorator escapes = new CharacterEscapesDecorator();
    IntStream.rangeClosed(0x7f, LAST)
        .filter(code -> ANYWHERE.matcher(Character.toString(code)).matches())
        .mapToObj(code -> new CharacterEscapesDecorator.Escape(code, escape(code)))
        .forEach(escapes::addEscape);
    return escapes;
  }

  private static String escape(int code) {
    return "\\u%04x".formatted(code);
  }
}
