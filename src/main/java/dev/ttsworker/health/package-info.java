/// Whether this worker can speak, and why not.
///
/// Uses: nothing.
@NullMarked
package dev.ttsworker.health;

import org.jspecify.annotations.NullMarked;
