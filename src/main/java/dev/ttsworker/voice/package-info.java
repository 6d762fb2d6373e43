/// One voice: text of a segment to windows of audio.
///
/// Uses: inference, voicepack, error.
@NullMarked
package dev.ttsworker.voice;

import org.jspecify.annotations.NullMarked;
