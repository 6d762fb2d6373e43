/// Sentences of phonemes, which voice families share: how they are encoded, divided and paused, and
/// where their words are.
@NullMarked
package dev.ttsworker.engine.voice.sentence;

import org.jspecify.annotations.NullMarked;
