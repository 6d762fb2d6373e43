package dev.ttsworker.config;

import java.time.Duration;

/// `text.pause_*`: silence that is added to the pauses that a voice makes.
///
/// @param comma at commas
/// @param clause at semicolons, colons, dashes and ellipses inside a sentence
/// @param sentence after a sentence
/// @param line where a line ends between two sentences
/// @param item in front of an item of a list
/// @param heading after a heading
/// @param paragraph between paragraphs
public record PauseSettings(
    Duration comma,
    Duration clause,
    Duration sentence,
    Duration line,
    Duration item,
    Duration heading,
    Duration paragraph) {
  /// Adds nothing.
  public static final PauseSettings NONE =
      new PauseSettings(
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);
}
