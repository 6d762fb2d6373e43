package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Receptive field analysis of a stage, from the kernels between its input and its output. A
/// convolution with kernel k, dilation d and padding p reads from p before to d(k-1)-p after; a
/// transposed one with stride s from (k-1-p)/s before to p/s after. Every other node is assumed to
/// work frame by frame; the stages are compared with the whole graph before use.
final class ReceptiveFieldFinder {
  private final GraphIndex index;

  ReceptiveFieldFinder(GraphIndex index) {
    this.index = index;
  }

  /// @param start the tensor that windows are cut from
  /// @param end what is computed from it
  ReceptiveField between(String start, String end) {
    Map<String, ReceptiveField> fields = new HashMap<>();
    fields.put(start, ReceptiveField.ORIGIN);
    for (NodeProto node : index.graph().getNodeList()) {
      Optional<ReceptiveField> read =
          node.getInputList().stream()
              .filter(fields::containsKey)
              .map(fields::get)
              .reduce(ReceptiveField::merge);
      read.map(field -> through(node, field))
          .ifPresent(
              field -> node.getOutputList().forEach(made -> fields.putIfAbsent(made, field)));
    }
    ReceptiveField found = fields.get(end);
    if (found == null) {
      throw new UnpartitionableGraphException(end + " does not depend on " + start);
    }
    return found;
  }

  private static ReceptiveField through(NodeProto node, ReceptiveField field) {
    return switch (node.getOpType()) {
      case "Conv" -> {
        if (number(node, "strides", 1) != 1) {
          throw new UnpartitionableGraphException("node " + node.getName() + " downsamples");
        }
        double span = (number(node, "dilations", 1) * (kernel(node) - 1.0));
        double padding = number(node, "pads", 0);
        yield field.widened(padding, span - padding);
      }
      case "ConvTranspose" -> {
        long stride = number(node, "strides", 1);
        double padding = number(node, "pads", 0);
        double span = number(node, "dilations", 1) * (kernel(node) - 1.0);
        yield field.widened((span - padding) / stride, padding / stride).upsampled(stride);
      }
      default -> field;
    };
  }

  private static long kernel(NodeProto node) {
    long kernel = number(node, "kernel_shape", 0);
    if (kernel < 1) {
      throw new UnpartitionableGraphException("node " + node.getName() + " has no kernel_shape");
    }
    return kernel;
  }

  /// The first number of a list; along time there is only one axis.
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
