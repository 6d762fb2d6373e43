/// Pure sample maths: resampling, level, frames.
@NullMarked
package dev.ttsworker.engine.audio;

import org.jspecify.annotations.NullMarked;
