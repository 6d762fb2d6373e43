package dev.ttsworker.config;

import java.time.Duration;

/// `text.pause_*`: silence that the layout of a text adds to the pauses that a voice makes.
///
/// @param line where a line ends between two sentences
/// @param item in front of an item of a list
/// @param heading after a heading
/// @param paragraph between paragraphs
public record PauseSettings(Duration line, Duration item, Duration heading, Duration paragraph) {}
