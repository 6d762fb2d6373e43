/// Splits streamed text into speakable segments, keeping offsets into the original.
///
/// Uses: error.
@NullMarked
package dev.ttsworker.text;

import org.jspecify.annotations.NullMarked;
