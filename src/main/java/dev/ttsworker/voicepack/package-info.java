/// Finds and validates the voices on disk.
///
/// Uses: yaml, error; Jackson.
@NullMarked
package dev.ttsworker.voicepack;

import org.jspecify.annotations.NullMarked;
