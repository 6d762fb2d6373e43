package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.OperatorSetIdProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That the results are the same is tested where graphs run: each cut is compared with its whole.
final class Conv1dToConv2dTest {
  private static final NodeProto CONVOLUTION =
      NodeProto.newBuilder()
          .setOpType("Conv")
          .addInput("x")
          .addInput("w")
          .addOutput("y")
          .addAttribute(ints("kernel_shape", 7))
          .addAttribute(ints("dilations", 2))
          .addAttribute(ints("strides", 1))
          .addAttribute(ints("pads", 5, 6))
          .addAttribute(AttributeProto.newBuilder().setName("group").setI(4))
          .build();

  @Test
  void addsHeightOfOneBetweenChannelsAndTime() {
    GraphProto graph = rewritten(15, CONVOLUTION);
    assertEquals(List.of("Unsqueeze", "Conv", "Squeeze"), types(graph));
    NodeProto planar = graph.getNode(1);
    assertEquals(List.of(1L, 7L), planar.getAttribute(0).getIntsList());
    assertEquals(List.of(1L, 2L), planar.getAttribute(1).getIntsList());
    assertEquals(List.of(1L, 1L), planar.getAttribute(2).getIntsList());
    assertEquals(List.of(0L, 5L, 0L, 6L), planar.getAttribute(3).getIntsList());
    assertEquals(4, planar.getAttribute(4).getI());
    assertEquals(List.of(8L, 4L, 1L, 7L), graph.getInitializer(0).getDimsList());
    assertEquals("x", graph.getNode(0).getInput(0));
    assertEquals("y", graph.getNode(2).getOutput(0));
  }

  @Test
  void axesAreAnInputSinceOperatorSet13() {
    GraphProto graph = rewritten(13, CONVOLUTION);
    assertEquals(graph.getInitializer(1).getName(), graph.getNode(0).getInput(1));
    assertEquals(List.of(2L), graph.getInitializer(1).getInt64DataList());
    assertEquals(0, graph.getNode(0).getAttributeCount());
  }

  @Test
  void axesAreAnAttributeBefore() {
    GraphProto graph = rewritten(12, CONVOLUTION);
    assertEquals(1, graph.getInitializerCount());
    assertEquals(List.of(2L), graph.getNode(0).getAttribute(0).getIntsList());
    assertEquals(List.of(2L), graph.getNode(2).getAttribute(0).getIntsList());
  }

  @Test
  void weightsThatOthersReadKeepTheirShape() {
    NodeProto other = NodeProto.newBuilder().setOpType("Relu").addInput("w").addOutput("z").build();
    GraphProto graph = rewritten(15, CONVOLUTION, other);
    assertEquals(List.of("Conv", "Relu"), types(graph));
    assertEquals(List.of(8L, 4L, 7L), graph.getInitializer(0).getDimsList());
  }

  @Test
  void namedShapesOfTheOutputAreLeftAlone() {
    NodeProto shaped =
        CONVOLUTION.toBuilder()
            .setOpType("ConvTranspose")
            .addAttribute(ints("output_shape", 99))
            .build();
    GraphProto graph = rewritten(15, shaped);
    assertEquals(List.of(shaped), graph.getNodeList());
    assertEquals(3, graph.getInitializer(0).getDimsCount());
  }

  private static GraphProto rewritten(int operatorSet, NodeProto... nodes) {
    GraphProto.Builder graph = GraphProto.newBuilder();
    graph.addAllNode(List.of(nodes));
    graph.addInitializer(
        TensorProto.newBuilder().setName("w").addAllDims(List.of(8L, 4L, 7L)).build());
    ModelProto model =
        ModelProto.newBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operatorSet))
            .setGraph(graph)
            .build();
    return Conv1dToConv2d.in(model).getGraph();
  }

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static List<String> types(GraphProto graph) {
    return graph.getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
