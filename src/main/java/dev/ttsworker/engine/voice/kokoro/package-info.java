/// Kokoro voices (StyleTTS 2): many speakers and blends of them, the whole sentence at once.
@NullMarked
package dev.ttsworker.engine.voice.kokoro;

import org.jspecify.annotations.NullMarked;
