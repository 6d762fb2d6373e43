/// Accelerators at work: fixed shapes, batches of equal windows, and what happens when one fails.
@NullMarked
package dev.ttsworker.engine.runtime.gpu;

import org.jspecify.annotations.NullMarked;
