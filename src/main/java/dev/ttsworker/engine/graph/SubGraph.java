package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import dev.ttsworker.engine.graph.proto.TensorShapeProto;
import dev.ttsworker.engine.graph.proto.TypeProto;
import dev.ttsworker.engine.graph.proto.ValueInfoProto;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Subgraph extraction: the nodes between boundary tensors and requested outputs, in order, with
/// their weights. The rest of the model (versions, functions, metadata, unknown fields) is
/// unchanged.
final class SubGraph {
  private static final int FLOAT = 1;
  private static final Set<String> CONTROL_FLOW = Set.of("If", "Loop", "Scan");

  private final ModelProto model;
  private final GraphIndex index;

  SubGraph(ModelProto model, GraphIndex index) {
    this.model = model;
    this.index = index;
  }

  /// A float input of the part.
  ///
  /// @param rank number of dimensions, all of them free; unknown when empty
  record Boundary(String tensor, OptionalInt rank) {}

  /// @param boundaries where the part begins; inputs of the model need not be named
  /// @param outputs what the part computes, all float32
  ModelProto extract(List<Boundary> boundaries, List<String> outputs) {
    Set<String> starts = new HashSet<>();
    boundaries.forEach(boundary -> starts.add(boundary.tensor()));
    Set<String> needed = index.upstream(outputs, starts);
    GraphProto.Builder part =
        model.getGraph().toBuilder()
            .clearNode()
            .clearInitializer()
            .clearInput()
            .clearOutput()
            .clearValueInfo();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (node.getOutputList().stream().anyMatch(o -> needed.contains(o) && !starts.contains(o))) {
        part.addNode(checked(node));
      }
    }
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      if (needed.contains(weight.getName())) {
        part.addInitializer(weight);
      }
    }
    for (ValueInfoProto input : model.getGraph().getInputList()) {
      if (needed.contains(input.getName())) {
        part.addInput(input);
      }
    }
    for (Boundary boundary : boundaries) {
      part.addInput(floats(boundary));
    }
    for (String output : outputs) {
      part.addOutput(floats(new Boundary(output, OptionalInt.empty())));
    }
    return model.toBuilder().setGraph(part).build();
  }

  private static NodeProto checked(NodeProto node) {
    boolean nested = false;
    for (AttributeProto attribute : node.getAttributeList()) {
      nested |= attribute.hasG() || attribute.getGraphsCount() > 0;
    }
    if (nested || CONTROL_FLOW.contains(node.getOpType())) {
      throw new UnpartitionableGraphException(
          "node " + node.getName() + " is a " + node.getOpType() + " with a graph of its own");
    }
    if (GraphIndex.isRandom(node)) {
      throw new UnpartitionableGraphException(
          "node " + node.getName() + " draws random numbers inside a stage");
    }
    return node;
  }

  static ValueInfoProto floats(Boundary boundary) {
    TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(FLOAT);
    if (boundary.rank().isPresent()) {
      TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
      for (int i = 0; i < boundary.rank().getAsInt(); i++) {
        shape.addDim(TensorShapeProto.Dimension.getDefaultInstance());
      }
      type.setShape(shape);
    }
    return ValueInfoProto.newBuilder()
        .setName(boundary.tensor())
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /// A list of whole numbers.
  static ValueInfoProto wholeNumbers(String tensor) {
    return ValueInfoProto.newBuilder()
        .setName(tensor)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(Nodes.INT64)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(TensorShapeProto.Dimension.getDefaultInstance()))))
        .build();
  }
}
