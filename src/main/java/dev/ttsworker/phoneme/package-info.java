/// Segment to phonemes, phonemes to the numbers a voice was trained on, and which of them are which
/// word's.
///
/// Uses: error; eSpeak NG through java.lang.foreign.
@NullMarked
package dev.ttsworker.phoneme;

import org.jspecify.annotations.NullMarked;
