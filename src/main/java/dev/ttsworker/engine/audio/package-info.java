/// Sample processing: resampling, loudness, peak limiting, PCM frames.
@NullMarked
package dev.ttsworker.engine.audio;

import org.jspecify.annotations.NullMarked;
