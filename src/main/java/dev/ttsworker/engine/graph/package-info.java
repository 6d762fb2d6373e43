/// ONNX graph partitioning, receptive fields.
@NullMarked
package dev.ttsworker.engine.graph;

import org.jspecify.annotations.NullMarked;
