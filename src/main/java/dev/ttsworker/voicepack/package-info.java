/// Finds and validates the voices on disk.
@NullMarked
package dev.ttsworker.voicepack;

import org.jspecify.annotations.NullMarked;
