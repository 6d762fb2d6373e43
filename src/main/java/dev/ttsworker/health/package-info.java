/// Readiness of the worker.
@NullMarked
package dev.ttsworker.health;

import org.jspecify.annotations.NullMarked;
