package dev.ttsworker.voices;

import java.util.List;
import java.util.stream.Collectors;

/// Text of messages: joins and shortens parts.
final class Messages {
  private static final int MOST_CHARS = 400;

  private Messages() {}

  /// One line of at most 400 characters, so that messages made of several stay under the 1,000 that
  /// clients get.
  static String brief(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS - 1) + "…";
  }

  /// Those of `parts` that say something.
  static String join(String... parts) {
    return List.of(parts).stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
