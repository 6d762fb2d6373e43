/// Splits streamed text into speakable segments, keeping offsets into the original.
///
/// Uses: nothing.
@NullMarked
package dev.ttsworker.text;

import org.jspecify.annotations.NullMarked;
