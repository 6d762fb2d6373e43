package dev.ttsworker.engine.text;

import dev.ttsworker.engine.PronunciationOverride;
import java.util.List;

/// A text and how parts of it are said.
///
/// @param text any characters
/// @param spans in order, without overlap
public record AnnotatedText(String text, List<Span> spans) {
  public AnnotatedText {
    spans = List.copyOf(spans);
    int last = 0;
    for (Span span : spans) {
      if (span.start() < last || span.end() > text.length()) {
        throw new IllegalArgumentException(
            "a span from %d to %d in %d characters after one that ends at %d"
                .formatted(span.start(), span.end(), text.length(), last));
      }
      last = span.end();
    }
  }

  /// A part of the text.
  ///
  /// @param start index of its first char
  /// @param end index just past its last char, above `start`
  public record Span(int start, int end, PronunciationOverride saying) {
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("a span from %d to %d".formatted(start, end));
      }
    }
  }

  /// Chars of the words and phonemes that are put in place of what is written.
  public int put() {
    return spans.stream().mapToInt(span -> span.saying().put()).sum();
  }

  /// All of it as it is written.
  public static AnnotatedText of(String text) {
    return new AnnotatedText(text, List.of());
  }
}
