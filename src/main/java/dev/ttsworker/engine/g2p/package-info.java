/// Segment to phonemes, phonemes to the numbers a voice was trained on, and which of them are which
/// word's.
@NullMarked
package dev.ttsworker.engine.g2p;

import org.jspecify.annotations.NullMarked;
