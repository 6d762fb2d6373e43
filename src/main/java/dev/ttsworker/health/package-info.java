/// Readiness, with its reason.
@NullMarked
package dev.ttsworker.health;

import org.jspecify.annotations.NullMarked;
