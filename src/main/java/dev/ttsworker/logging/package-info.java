/// Log output: one JSON object per line, or text for people.
@NullMarked
package dev.ttsworker.logging;

import org.jspecify.annotations.NullMarked;
