/// Runs ONNX graphs: device probe, leased sessions, and the scheduler that decides whose window
/// runs next.
///
/// Uses: error; ONNX Runtime.
@NullMarked
package dev.ttsworker.inference;

import org.jspecify.annotations.NullMarked;
