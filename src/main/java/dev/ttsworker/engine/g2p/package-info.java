/// Grapheme to phoneme: what a front end is, phoneme ids, alignment of words and phonemes.
@NullMarked
package dev.ttsworker.engine.g2p;

import org.jspecify.annotations.NullMarked;
