/// Making of threads, and closing in reverse order of opening.
@NullMarked
package dev.ttsworker.lifecycle;

import org.jspecify.annotations.NullMarked;
