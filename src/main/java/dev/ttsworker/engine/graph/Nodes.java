package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.AttributeProto.AttributeType;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.List;

/// Makes nodes, attributes and constants of graphs.
final class Nodes {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT8 = 3;
  static final int INT64 = 7;

  private Nodes() {}

  /// A node with one output, named after it.
  static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(output + "/" + type)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto numbers(String name, Long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(List.of(values))
        .build();
  }

  static TensorProto scalar(String name, float value) {
    return TensorProto.newBuilder().setName(name).setDataType(FLOAT).addFloatData(value).build();
  }

  /// An unsigned byte.
  static TensorProto scalar(String name, int value) {
    return TensorProto.newBuilder().setName(name).setDataType(UINT8).addInt32Data(value).build();
  }

  static TensorProto list(String name, List<Long> values) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(INT64)
        .addDims(values.size())
        .addAllInt64Data(values)
        .build();
  }

  /// A number of an attribute; of a list the first.
  static long number(NodeProto node, String attribute, long otherwise) {
    for (AttributeProto candidate : node.getAttributeList()) {
      if (candidate.getName().equals(attribute)) {
        return candidate.getIntsCount() > 0 ? candidate.getInts(0) : candidate.getI();
      }
    }
    return otherwise;
  }
}
