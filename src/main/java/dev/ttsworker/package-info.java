/// Composition root: builds every part in order, closes them in reverse.
@NullMarked
package dev.ttsworker;

import org.jspecify.annotations.NullMarked;
