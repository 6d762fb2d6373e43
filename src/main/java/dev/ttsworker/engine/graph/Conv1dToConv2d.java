package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.OperatorSetIdProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Graph rewrite of Conv1d as Conv2d with height 1. The sums are the same, but ONNX Runtime's CPU
/// provider has its fast kernels (channels in blocks, direct convolution) for two dimensions only.
final class Conv1dToConv2d {
  private static final Set<String> TYPES = Set.of("Conv", "ConvTranspose");
  private static final Set<String> PER_AXIS = Set.of("kernel_shape", "dilations", "strides");
  private static final int WEIGHT = 1;
  private static final int TIME_RANK = 3;

  /// Of weights and of columns: what lies before it are channels.
  private static final int HEIGHT_AXIS = 2;

  /// From this operator set on, axes are an input of Unsqueeze and Squeeze, no attribute.
  private static final long AXES_ARE_INPUTS = 13;

  static final String AXES = "tts-worker/height";
  private static final int INT64 = 7;

  private final GraphProto source;
  private final boolean axesAreInputs;

  private Conv1dToConv2d(ModelProto model) {
    this.source = model.getGraph();
    this.axesAreInputs =
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToLong(OperatorSetIdProto::getVersion)
            .anyMatch(version -> version >= AXES_ARE_INPUTS);
  }

  /// The model with the same inputs and outputs, and results equal up to rounding. Convolutions
  /// whose weights are computed, shared with other nodes or not of rank 3 are unchanged.
  static ModelProto in(ModelProto model) {
    return model.toBuilder().setGraph(new Conv1dToConv2d(model).rewritten()).build();
  }

  private GraphProto rewritten() {
    Set<String> weights = convertible();
    GraphProto.Builder graph = source.toBuilder().clearNode().clearInitializer();
    for (NodeProto node : source.getNodeList()) {
      if (isOverTime(node) && weights.contains(node.getInput(WEIGHT))) {
        addPlanar(graph, node);
      } else {
        graph.addNode(node);
      }
    }
    for (TensorProto weight : source.getInitializerList()) {
      graph.addInitializer(weights.contains(weight.getName()) ? planar(weight) : weight);
    }
    if (axesAreInputs && !weights.isEmpty()) {
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName(AXES)
              .setDataType(INT64)
              .addDims(1)
              .addInt64Data(HEIGHT_AXIS));
    }
    return graph.build();
  }

  private Set<String> convertible() {
    Set<String> found = new HashSet<>();
    for (TensorProto weight : source.getInitializerList()) {
      if (weight.getDimsCount() == TIME_RANK) {
        found.add(weight.getName());
      }
    }
    source.getInputList().forEach(input -> found.remove(input.getName()));
    for (NodeProto node : source.getNodeList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        if (i != WEIGHT || !isOverTime(node)) {
          found.remove(node.getInput(i));
        }
      }
    }
    return found;
  }

  private static boolean isOverTime(NodeProto node) {
    return TYPES.contains(node.getOpType())
        && node.getInputCount() > WEIGHT
        && node.getOutputCount() == 1
        && node.getDomain().isEmpty()
        && node.getAttributeList().stream().allMatch(Conv1dToConv2d::isUnderstood);
  }

  private static boolean isUnderstood(AttributeProto attribute) {
    String name = attribute.getName();
    int axes = attribute.getIntsCount();
    return !name.startsWith("output_")
        && (!PER_AXIS.contains(name) || axes == 1)
        && (!name.equals("pads") || axes == 2);
  }

  private void addPlanar(GraphProto.Builder graph, NodeProto node) {
    String input = node.getOutput(0) + "/planar_in";
    String result = node.getOutput(0) + "/planar_out";
    NodeProto.Builder planar =
        node.toBuilder().setInput(0, input).setOutput(0, result).clearAttribute();
    node.getAttributeList().forEach(attribute -> planar.addAttribute(planar(attribute)));
    graph.addNode(reshape("Unsqueeze", node.getInput(0), input));
    graph.addNode(planar);
    graph.addNode(reshape("Squeeze", result, node.getOutput(0)));
  }

  private NodeProto reshape(String type, String from, String to) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(to + "/" + type)
            .addInput(from)
            .addOutput(to);
    if (axesAreInputs) {
      node.addInput(AXES);
    } else {
      node.addAttribute(
          AttributeProto.newBuilder()
              .setName("axes")
              .setType(AttributeProto.AttributeType.INTS)
              .addInts(HEIGHT_AXIS));
    }
    return node.build();
  }

  private static TensorProto planar(TensorProto weight) {
    return weight.toBuilder()
        .clearDims()
        .addDims(weight.getDims(0))
        .addDims(weight.getDims(1))
        .addDims(1)
        .addDims(weight.getDims(HEIGHT_AXIS))
        .build();
  }

  private static AttributeProto planar(AttributeProto attribute) {
    List<Long> values = attribute.getIntsList();
    if (PER_AXIS.contains(attribute.getName())) {
      return attribute.toBuilder().clearInts().addInts(1).addAllInts(values).build();
    }
    if (attribute.getName().equals("pads")) {
      return attribute.toBuilder()
          .clearInts()
          .addAllInts(List.of(0L, values.getFirst(), 0L, values.getLast()))
          .build();
    }
    return attribute;
  }
}
