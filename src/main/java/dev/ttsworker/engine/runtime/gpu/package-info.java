/// Accelerators: fixed shapes, batches of equal windows, whole sentences, checks against the CPU,
/// and recovery after failures.
@NullMarked
package dev.ttsworker.engine.runtime.gpu;

import org.jspecify.annotations.NullMarked;
