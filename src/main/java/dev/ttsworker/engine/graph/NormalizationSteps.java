package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.OperatorSetIdProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Rewrite of `LayerNormalization` over the last axis as its single steps, which ONNX Runtime's CPU
/// provider computes with vector instructions, as it does not the whole (decision 0014).
final class NormalizationSteps {
  /// From this operator set on, axes are an input of reductions, no attribute.
  private static final long AXES_ARE_INPUTS = 18;

  private static final float USUAL_EPSILON = 1e-5f;
  private static final int INPUTS = 3;

  private NormalizationSteps() {}

  /// The model with results equal up to rounding; unchanged when its operator set is too new.
  static ModelProto in(ModelProto model) {
    boolean newer =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToLong(OperatorSetIdProto::getVersion)
            .anyMatch(version -> version >= AXES_ARE_INPUTS);
    if (newer) {
      return model;
    }
    Map<String, Long> sizes = new HashMap<>();
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      if (weight.getDimsCount() == 1) {
        sizes.put(weight.getName(), weight.getDims(0));
      }
    }
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    Set<String> constants = new HashSet<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      boolean plain =
          node.getOpType().equals("LayerNormalization")
              && node.getInputCount() == INPUTS
              && node.getOutputCount() == 1
              && Nodes.number(node, "axis", -1) == -1;
      Long size = plain ? sizes.get(node.getInput(1)) : null;
      if (size == null) {
        graph.addNode(node);
      } else {
        addSteps(graph, node, size, constants);
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static void addSteps(
      GraphProto.Builder graph, NodeProto node, long size, Set<String> constants) {
    float epsilon = USUAL_EPSILON;
    for (AttributeProto attribute : node.getAttributeList()) {
      epsilon = attribute.getName().equals("epsilon") ? attribute.getF() : epsilon;
    }
    String share = constant(graph, constants, "tts-worker/norm/share-" + size, 1f / size);
    String least = constant(graph, constants, "tts-worker/norm/least-" + epsilon, epsilon);
    String x = node.getInput(0);
    String out = node.getOutput(0);
    graph
        .addNode(overLastAxis("ReduceMean", out + "/mean", x))
        .addNode(Nodes.node("Sub", out + "/centred", x, out + "/mean"))
        .addNode(overLastAxis("ReduceSumSquare", out + "/power", out + "/centred"))
        .addNode(Nodes.node("Mul", out + "/variance", out + "/power", share))
        .addNode(Nodes.node("Add", out + "/positive", out + "/variance", least))
        .addNode(Nodes.node("Sqrt", out + "/deviation", out + "/positive"))
        .addNode(Nodes.node("Div", out + "/normal", out + "/centred", out + "/deviation"))
        .addNode(Nodes.node("Mul", out + "/scaled", out + "/normal", node.getInput(1)))
        .addNode(Nodes.node("Add", out, out + "/scaled", node.getInput(2)));
  }

  private static NodeProto.Builder overLastAxis(String type, String output, String input) {
    return Nodes.node(type, output, input)
        .addAttribute(Nodes.numbers("axes", -1L))
        .addAttribute(Nodes.number("keepdims", 1));
  }

  private static String constant(
      GraphProto.Builder graph, Set<String> constants, String name, float value) {
    if (constants.add(name)) {
      graph.addInitializer(Nodes.scalar(name, value));
    }
    return name;
  }
}
