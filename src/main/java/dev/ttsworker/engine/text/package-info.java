/// Sentence segmentation: splits streamed text into speakable segments, keeping offsets into the
/// original.
@NullMarked
package dev.ttsworker.engine.text;

import org.jspecify.annotations.NullMarked;
