/// Error codes, and the one exception that carries them.
@NullMarked
package dev.ttsworker.error;

import org.jspecify.annotations.NullMarked;
