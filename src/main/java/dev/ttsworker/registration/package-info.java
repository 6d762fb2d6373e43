/// Tells readers of Redis that this worker can speak, and where; looks at what was told.
@NullMarked
package dev.ttsworker.registration;

import org.jspecify.annotations.NullMarked;
