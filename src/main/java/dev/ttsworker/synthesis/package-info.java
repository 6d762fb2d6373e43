/// Turns the text of one call into frames, ahead of play-out by a bounded lead, until done or
/// cancelled.
///
/// Uses: text, text.normal, voice, inference, audio, error.
@NullMarked
package dev.ttsworker.synthesis;

import org.jspecify.annotations.NullMarked;
