/// Whether this worker can speak, and why not.
@NullMarked
package dev.ttsworker.health;

import org.jspecify.annotations.NullMarked;
