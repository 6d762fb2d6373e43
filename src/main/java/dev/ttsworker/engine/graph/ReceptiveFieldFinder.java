package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds how much context the windows of a stage need, from the kernels between its input and its
/// output. A convolution with kernel k, dilation d and padding p reads from p before to d(k-1)-p
/// after; a transposed one with stride s from (k-1-p)/s before to p/s after. Every other node is
/// taken to work column by column; the stages are compared with the whole graph before they are
/// used.
final class ReceptiveFieldFinder {
  private final GraphIndex index;

  ReceptiveFieldFinder(GraphIndex index) {
    this.index = index;
  }

  /// @param start the tensor that windows are cut from
  /// @param end what is computed from it
  ReceptiveField between(String start, String end) {
    Map<String, ReceptiveField> reaches = new HashMap<>();
    reaches.put(start, ReceptiveField.ORIGIN);
    for (NodeProto node : index.graph().getNodeList()) {
      Optional<ReceptiveField> read =
          node.getInputList().stream()
              .filter(reaches::containsKey)
              .map(reaches::get)
              .reduce(ReceptiveField::merge);
      read.map(reach -> through(node, reach))
          .ifPresent(
              reach -> node.getOutputList().forEach(made -> reaches.putIfAbsent(made, reach)));
    }
    ReceptiveField found = reaches.get(end);
    if (found == null) {
      throw new UnpartitionableGraphException(end + " does not depend on " + start);
    }
    return found;
  }

  private static ReceptiveField through(NodeProto node, ReceptiveField reach) {
    return switch (node.getOpType()) {
      case "Conv" -> {
        if (number(node, "strides", 1) != 1) {
          throw new UnpartitionableGraphException("node " + node.getName() + " thins out");
        }
        double span = (number(node, "dilations", 1) * (kernel(node) - 1.0));
        double padding = number(node, "pads", 0);
        yield reach.widened(padding, span - padding);
      }
      case "ConvTranspose" -> {
        long stride = number(node, "strides", 1);
        double padding = number(node, "pads", 0);
        double span = number(node, "dilations", 1) * (kernel(node) - 1.0);
        yield reach.widened((span - padding) / stride, padding / stride).upsampled(stride);
      }
      default -> reach;
    };
  }

  private static long kernel(NodeProto node) {
    long kernel = number(node, "kernel_shape", 0);
    if (kernel < 1) {
      throw new UnpartitionableGraphException(
          "node " + node.getName() + " does not tell its kernel");
    }
    return kernel;
  }

  /// The first number of a list, as along the one axis of time there is one.
  private static long number(NodeProto node, String attribute, long otherwise) {
    List<Long> numbers =
        node.getAttributeList().stream()
            .filter(candidate -> candidate.getName().equals(attribute))
            .findFirst()
            .map(AttributeProto::getIntsList)
            .orElse(List.of());
    return numbers.isEmpty() ? otherwise : numbers.getFirst();
  }
}
