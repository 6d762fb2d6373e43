/// What is computed of a voice once and kept on disk: the parts of its graph, and its calibration.
@NullMarked
package dev.ttsworker.engine.voice.cache;

import org.jspecify.annotations.NullMarked;
