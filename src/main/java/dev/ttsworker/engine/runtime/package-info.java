/// Runs ONNX graphs: device probe, leased sessions, and the scheduler that decides whose window
/// runs next.
@NullMarked
package dev.ttsworker.engine.runtime;

import org.jspecify.annotations.NullMarked;
