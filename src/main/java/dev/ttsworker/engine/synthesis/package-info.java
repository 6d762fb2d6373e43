/// Synthesis of calls: sentences to windows to frames, ahead of play-out by a bounded lead; phrase
/// cache; cost.
@NullMarked
package dev.ttsworker.engine.synthesis;

import org.jspecify.annotations.NullMarked;
