/// Threads, closing in reverse order, back-off.
@NullMarked
package dev.ttsworker.lifecycle;

import org.jspecify.annotations.NullMarked;
