/// Builds every part in order and closes them in reverse.
@NullMarked
package dev.ttsworker;

import org.jspecify.annotations.NullMarked;
