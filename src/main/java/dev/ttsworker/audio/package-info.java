/// Pure sample maths: resampling, level, frames.
///
/// Uses: nothing.
@NullMarked
package dev.ttsworker.audio;

import org.jspecify.annotations.NullMarked;
