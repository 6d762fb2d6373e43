/// Piper voices: the three-stage cut of a stock model, streamed window by window.
///
/// Uses: voice, inference, onnx, phoneme, voicepack, audio, error.
@NullMarked
package dev.ttsworker.voice.piper;

import org.jspecify.annotations.NullMarked;
