/// Piper voices (VITS): partitioned and streamed window by window, or whole.
@NullMarked
package dev.ttsworker.engine.voice.piper;

import org.jspecify.annotations.NullMarked;
