/// Built-in 440 Hz tone.
@NullMarked
package dev.ttsworker.engine.voice.tone;

import org.jspecify.annotations.NullMarked;
