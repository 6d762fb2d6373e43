/// One voice: text of a segment to windows of audio.
@NullMarked
package dev.ttsworker.engine.voice;

import org.jspecify.annotations.NullMarked;
