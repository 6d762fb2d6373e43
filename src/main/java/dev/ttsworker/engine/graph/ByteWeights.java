package dev.ttsworker.engine.graph;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Type of the weights of quantized products.
public enum ByteWeights {
  /// As they come: int8, the fastest where a CPU multiplies bytes exactly.
  SIGNED {
    @Override
    ModelProto in(ModelProto model) {
      return model;
    }
  },
  /// uint8, 128 larger, as is their zero point: the same products, exact on every CPU.
  UNSIGNED {
    @Override
    ModelProto in(ModelProto model) {
      return new Shift(model.getGraph()).in(model);
    }
  };

  /// The model with weights of this type.
  abstract ModelProto in(ModelProto model);

  /// Rewrite of a graph's products.
  private static final class Shift {
    private static final String PRODUCT = "MatMulInteger";
    private static final String SHIFTED = "/unsigned";
    private static final int OFFSET = 128;

    private final Map<String, TensorProto> constants = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private final GraphProto.Builder graph;

    Shift(GraphProto source) {
      source.getInitializerList().forEach(constant -> constants.put(constant.getName(), constant));
      this.graph = source.toBuilder().clearNode();
    }

    ModelProto in(ModelProto model) {
      for (NodeProto node : model.getGraph().getNodeList()) {
        graph.addNode(node.getOpType().equals(PRODUCT) ? shifted(node) : node);
      }
      // What no node reads any more is left out when the stages are extracted.
      return model.toBuilder().setGraph(graph).build();
    }

    private NodeProto shifted(NodeProto node) {
      TensorProto weights = constants.get(node.getInput(1));
      if (weights == null || weights.getDataType() != Nodes.INT8) {
        return node;
      }
      NodeProto.Builder product = node.toBuilder().setInput(1, shifted(weights));
      while (product.getInputCount() < 4) {
        product.addInput("");
      }
      String zero = product.getInput(3);
      TensorProto zeroPoint = constants.get(zero);
      if (zeroPoint == null && !zero.isEmpty()) {
        throw new UnpartitionableGraphException(
            "the zero point of the weights of " + node.getName() + " is computed");
      }
      return product
          .setInput(
              3,
              zeroPoint == null
                  ? added(Nodes.scalar(weights.getName() + "/zero" + SHIFTED, OFFSET))
                  : shifted(zeroPoint))
          .build();
    }

    private String shifted(TensorProto constant) {
      TensorProto.Builder shifted =
          constant.toBuilder()
              .setName(constant.getName() + SHIFTED)
              .setDataType(Nodes.UINT8)
              .clearInt32Data();
      if (!constant.getRawData().isEmpty()) {
        shifted.setRawData(shifted(constant.getRawData()));
      }
      constant.getInt32DataList().forEach(value -> shifted.addInt32Data(value + OFFSET));
      return added(shifted.build());
    }

    private static ByteString shifted(ByteString raw) {
      byte[] bytes = raw.toByteArray();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] += (byte) OFFSET;
      }
      return ByteString.copyFrom(bytes);
    }

    private String added(TensorProto constant) {
      if (made.add(constant.getName())) {
        graph.addInitializer(constant);
      }
      return constant.getName();
    }
  }
}
