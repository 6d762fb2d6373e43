/// ONNX graph partitioning, receptive fields, weights.
@NullMarked
package dev.ttsworker.engine.graph;

import org.jspecify.annotations.NullMarked;
