/// ONNX graph partitioning: reads model files and splits them into stages.
@NullMarked
package dev.ttsworker.engine.graph;

import org.jspecify.annotations.NullMarked;
