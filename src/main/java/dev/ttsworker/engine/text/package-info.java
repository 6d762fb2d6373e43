/// Segmentation of streamed text, with offsets into the original.
@NullMarked
package dev.ttsworker.engine.text;

import org.jspecify.annotations.NullMarked;
