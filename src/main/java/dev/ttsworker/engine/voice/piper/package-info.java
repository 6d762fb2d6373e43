/// Piper voices: the three-stage cut of a stock model, streamed window by window.
@NullMarked
package dev.ttsworker.engine.voice.piper;

import org.jspecify.annotations.NullMarked;
