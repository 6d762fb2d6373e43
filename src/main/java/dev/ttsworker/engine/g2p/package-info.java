/// Grapheme-to-phoneme conversion (G2P): front ends, phoneme ids of voices, and alignment of words
/// to phonemes.
@NullMarked
package dev.ttsworker.engine.g2p;

import org.jspecify.annotations.NullMarked;
