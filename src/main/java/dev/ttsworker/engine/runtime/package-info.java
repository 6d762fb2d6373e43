/// ONNX Runtime, the deadline scheduler, device probe.
@NullMarked
package dev.ttsworker.engine.runtime;

import org.jspecify.annotations.NullMarked;
