/// Accelerators: fixed shapes, batches of equal windows, recovery after failures.
@NullMarked
package dev.ttsworker.engine.runtime.gpu;

import org.jspecify.annotations.NullMarked;
