/// Inference runtime: device probe, reference-counted ONNX Runtime sessions, and the
/// earliest-deadline-first scheduler of windows.
@NullMarked
package dev.ttsworker.engine.runtime;

import org.jspecify.annotations.NullMarked;
