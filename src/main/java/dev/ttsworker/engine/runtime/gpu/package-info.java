/// GPU inference: fixed shapes, dynamic batching of equal windows, and failure handling.
@NullMarked
package dev.ttsworker.engine.runtime.gpu;

import org.jspecify.annotations.NullMarked;
