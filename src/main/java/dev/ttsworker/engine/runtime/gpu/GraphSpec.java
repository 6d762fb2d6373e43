package dev.ttsworker.engine.runtime.gpu;

import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.Tensor;
import java.util.List;
import java.util.Map;

/// Specification of a graph for accelerators that takes a sentence of any length at once.
///
/// @param name for logs
/// @param outputs names of its outputs, all floats
/// @param sample inputs of a short sentence, which show whether a device computes it
/// @param nodes placement of its nodes
public record GraphSpec(
    String name, List<String> outputs, Map<String, Tensor> sample, InferenceRuntime.Nodes nodes) {
  public GraphSpec {
    outputs = List.copyOf(outputs);
    sample = Map.copyOf(sample);
  }
}
