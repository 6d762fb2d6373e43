/// Turns the text of one call into frames, ahead of play-out by a bounded lead, until done or
/// cancelled.
@NullMarked
package dev.ttsworker.engine.synthesis;

import org.jspecify.annotations.NullMarked;
