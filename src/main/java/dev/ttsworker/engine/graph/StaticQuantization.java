package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.OperatorSetIdProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Rewrite of matrix products whose operand is quantized again in each run
/// (`DynamicQuantizeLinear`, by the largest value of the whole tensor) into ones with a fixed
/// scale: a frame then gives the same whatever other frames are computed beside it, and nothing
/// looks for the largest value.
///
/// Scale, product and bias become one node of ONNX Runtime, `MatMulIntegerToFloat`.
final class StaticQuantization {
  private static final String DYNAMIC = "DynamicQuantizeLinear";
  private static final String RUNTIME_DOMAIN = "com.microsoft";
  private static final int LEVELS = 255;

  private final GraphIndex index;
  private final Map<String, NodeProto> replacements = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private final GraphProto.Builder graph;

  private StaticQuantization(ModelProto model) {
    this.index = new GraphIndex(model.getGraph());
    this.graph = model.getGraph().toBuilder().clearNode();
  }

  /// The tensors that nodes quantize.
  static List<String> quantized(List<NodeProto> nodes) {
    return nodes.stream()
        .filter(node -> node.getOpType().equals(DYNAMIC))
        .map(node -> node.getInput(0))
        .toList();
  }

  /// @param ranges of all tensors that are quantized
  /// @throws UnpartitionableGraphException when a product has another form
  static ModelProto in(ModelProto model, Map<String, ValueRange> ranges) {
    return new StaticQuantization(model).rewritten(model, ranges);
  }

  private ModelProto rewritten(ModelProto model, Map<String, ValueRange> ranges) {
    for (NodeProto node : index.nodesOfType(DYNAMIC)) {
      replace(node, Objects.requireNonNull(ranges.get(node.getInput(0))));
    }
    for (NodeProto node : index.graph().getNodeList()) {
      NodeProto replacement = replacements.get(node.getOutput(0));
      if (replacement != null) {
        graph.addNode(replacement);
      } else if (!removed.contains(node.getOutput(0))) {
        graph.addNode(node);
      }
    }
    return model.toBuilder()
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(RUNTIME_DOMAIN).setVersion(1))
        .build();
  }

  private void replace(NodeProto quantize, ValueRange range) {
    String values = quantize.getOutput(0);
    NodeProto product = reader(values, "MatMulInteger");
    NodeProto cast = reader(product.getOutput(0), "Cast");
    NodeProto scaled = reader(cast.getOutput(0), "Mul");
    NodeProto sum = reader(scaled.getOutput(0), "Add");
    NodeProto scales =
        index.producer(other(scaled, cast.getOutput(0))).orElseThrow(() -> form(quantize));
    if (product.getInputCount() != 4
        || !scales.getOpType().equals("Mul")
        || !index.isWeight(product.getInput(1))
        || !index.isWeight(other(sum, scaled.getOutput(0)))) {
      throw form(quantize);
    }
    String scale = values + "/fixed-scale";
    String zero = values + "/fixed-zero";
    double step = (range.largest() - range.smallest()) / LEVELS;
    graph
        .addInitializer(Nodes.scalar(scale, (float) step))
        .addInitializer(Nodes.scalar(zero, (int) Math.rint(-range.smallest() / step)));
    replacements.put(
        values, Nodes.node("QuantizeLinear", values, quantize.getInput(0), scale, zero).build());
    replacements.put(
        sum.getOutput(0),
        Nodes.node(
                "MatMulIntegerToFloat",
                sum.getOutput(0),
                values,
                product.getInput(1),
                scale,
                other(scales, quantize.getOutput(1)),
                zero,
                product.getInput(3),
                other(sum, scaled.getOutput(0)))
            .setDomain(RUNTIME_DOMAIN)
            .build());
    List.of(product, cast, scaled, scales).forEach(node -> removed.add(node.getOutput(0)));
  }

  private NodeProto reader(String tensor, String type) {
    List<NodeProto> readers = index.readers(tensor);
    if (readers.size() != 1 || !readers.getFirst().getOpType().equals(type)) {
      throw new UnpartitionableGraphException(
          "%s is read by %s, not by one %s"
              .formatted(tensor, readers.stream().map(NodeProto::getOpType).toList(), type));
    }
    return readers.getFirst();
  }

  private static String other(NodeProto node, String input) {
    return node.getInput(node.getInput(0).equals(input) ? 1 : 0);
  }

  private static UnpartitionableGraphException form(NodeProto node) {
    return new UnpartitionableGraphException(
        "the product behind " + node.getName() + " has another form than that of a linear layer");
  }
}
