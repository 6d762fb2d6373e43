package dev.ttsworker.engine.text;

import dev.ttsworker.engine.PronunciationOverride;
import java.util.List;

/// Text with pronunciation overrides on spans of it.
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

  /// Span of the text with an override.
  ///
  /// @param start index of its first char
  /// @param end index just past its last char, above `start`
  public record Span(int start, int end, PronunciationOverride override) {
    public Span {
      if (start < 0 || end <= start) {
        throw new IllegalArgumentException("a span from %d to %d".formatted(start, end));
      }
    }
  }

  /// Chars of the words and phonemes that replace written text.
  public int replacementLength() {
    return spans.stream().mapToInt(span -> span.override().replacementLength()).sum();
  }

  /// Text without overrides.
  public static AnnotatedText of(String text) {
    return new AnnotatedText(text, List.of());
  }
}
