/// Reads and cuts model files.
///
/// Uses: error; protobuf.
@NullMarked
package dev.ttsworker.onnx;

import org.jspecify.annotations.NullMarked;
