/// Accelerators at work: fixed shapes, batches of equal windows, and what happens when one fails.
///
/// Uses: inference, error; slf4j.
@NullMarked
package dev.ttsworker.inference.device;

import org.jspecify.annotations.NullMarked;
