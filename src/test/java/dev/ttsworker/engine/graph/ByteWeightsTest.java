package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.Runtimes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Products of bytes by the real runtime: exact with unsigned weights on every CPU.
final class ByteWeightsTest {
  private static final int COLUMNS = 64;

  @TempDir Path folder;

  private final InferenceRuntime runtime = Runtimes.cpu(1);

  @Test
  void unsignedWeightsGiveExactProductsOfTheLargestBytes() throws IOException {
    byte[] largest = new byte[COLUMNS * COLUMNS];
    Arrays.fill(largest, Byte.MAX_VALUE);
    double signed = error(ByteWeights.SIGNED.in(model(largest, b -> b)), largest, 0);
    assertEquals(runtime.saturates(), signed > 0, "what the probe says of this CPU");
    assertEquals(0, error(ByteWeights.UNSIGNED.in(model(largest, b -> b)), largest, 0));
  }

  @Test
  void zeroPointsAreKept() throws IOException {
    byte[] weights = new byte[COLUMNS * COLUMNS];
    new Random(1).nextBytes(weights);
    for (int zero : new int[] {-128, -3, 0, 127}) {
      ModelProto listed = model(weights, node -> withZero(node, zero));
      assertEquals(0, error(ByteWeights.UNSIGNED.in(listed), weights, zero), "zero point " + zero);
    }
  }

  @Test
  void constantOfSeveralProductsIsShiftedOnce() throws IOException {
    byte[] weights = new byte[COLUMNS * COLUMNS];
    GraphProto graph = model(weights, b -> b).getGraph();
    NodeProto second = graph.getNode(1).toBuilder().setOutput(0, "second").build();
    ModelProto twice = ModelProto.newBuilder().setGraph(graph.toBuilder().addNode(second)).build();
    GraphProto shifted = ByteWeights.UNSIGNED.in(twice).getGraph();
    assertEquals(
        List.of("weights", "weights/unsigned", "weights/zero/unsigned"),
        shifted.getInitializerList().stream().map(TensorProto::getName).sorted().toList());
    assertEquals(shifted.getNode(1).getInputList(), shifted.getNode(3).getInputList());
  }

  @Test
  void computedZeroPointIsRefused() throws IOException {
    ModelProto model =
        model(new byte[COLUMNS * COLUMNS], node -> node.addInput("").addInput("computed"));
    UnpartitionableGraphException thrown =
        assertThrows(UnpartitionableGraphException.class, () -> ByteWeights.UNSIGNED.in(model));
    assertEquals("the zero point of the weights of product is computed", thrown.reason());
  }

  private static NodeProto.Builder withZero(NodeProto.Builder product, int value) {
    return product.addInput("").addInput("zero " + value);
  }

  private ModelProto model(byte[] weights, UnaryOperator<NodeProto.Builder> change)
      throws IOException {
    try (InputStream in = Runtimes.class.getResourceAsStream("saturation.onnx")) {
      ModelProto.Builder model = ModelProto.parseFrom(in).toBuilder();
      GraphProto.Builder graph = model.getGraphBuilder();
      NodeProto.Builder product = change.apply(graph.getNodeBuilder(1).setName("product"));
      TensorProto.Builder constant =
          graph.getInitializerBuilder(0).setRawData(ByteString.copyFrom(weights));
      graph.setNode(1, product).setInitializer(0, constant);
      product.getInputList().stream()
          .filter(name -> name.startsWith("zero "))
          .map(name ->
              TensorProto.newBuilder()
                  .setName(name)
                  .setDataType(Nodes.INT8)
                  .addInt32Data(Integer.parseInt(name.substring("zero ".length()))))
          .forEach(graph::addInitializer);
      return model.build();
    }
  }

  /// The largest difference to the products in whole numbers.
  private double error(ModelProto model, byte[] weights, int zero) throws IOException {
    Path file = folder.resolve("product.onnx");
    Files.write(file, model.toByteArray());
    float[] input = new float[COLUMNS];
    Arrays.fill(input, 255);
    try (Graph graph = runtime.loadOnCpu(file)) {
      float[] made =
          graph
              .run(
                  Map.of("input", new FloatTensor(input, 1, COLUMNS)),
                  "output",
                  new CancellationToken())
              .values();
      double largest = 0;
      for (int column = 0; column < COLUMNS; column++) {
        long exact = 0;
        for (int row = 0; row < COLUMNS; row++) {
          exact += 255L * (weights[row * COLUMNS + column] - zero);
        }
        largest = Math.max(largest, Math.abs(made[column] - exact));
      }
      return largest;
    }
  }
}
