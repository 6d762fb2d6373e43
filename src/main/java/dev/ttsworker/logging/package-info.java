/// Writes the log: one JSON object per line, or text for people.
///
/// Uses: config; logback, the JSON encoder.
@NullMarked
package dev.ttsworker.logging;

import org.jspecify.annotations.NullMarked;
