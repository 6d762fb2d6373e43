/// Signal processing: resampling, loudness, limiter, frames.
@NullMarked
package dev.ttsworker.engine.audio;

import org.jspecify.annotations.NullMarked;
