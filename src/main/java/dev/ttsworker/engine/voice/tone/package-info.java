/// The built-in 440 Hz tone for people who test an orchestrator without a voice.
@NullMarked
package dev.ttsworker.engine.voice.tone;

import org.jspecify.annotations.NullMarked;
