/// The built-in 440 Hz tone for people who test an orchestrator without a voice.
///
/// Uses: voice, voicepack, inference, error.
@NullMarked
package dev.ttsworker.voice.tone;

import org.jspecify.annotations.NullMarked;
