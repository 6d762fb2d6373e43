/// Hibari voices: a text stage for the sentence, a decoder of spectra in windows, and signal
/// processing.
@NullMarked
package dev.ttsworker.engine.voice.hibari;

import org.jspecify.annotations.NullMarked;
