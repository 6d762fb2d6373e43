/// Segment to phonemes, and phonemes to the numbers a voice was trained on.
///
/// Uses: error; eSpeak NG through java.lang.foreign.
@NullMarked
package dev.ttsworker.phoneme;

import org.jspecify.annotations.NullMarked;
