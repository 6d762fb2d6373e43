package dev.ttsworker.engine.graph;

import com.google.protobuf.ByteString;
import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Rewrite of a decoder for accelerators: products of floats, several windows of one width at once,
/// and a mask that hides padding from the convolutions, so that they see nothing beyond the ends of
/// what is decoded, as at the ends of a sentence. All spectral parts are one output.
final class DeviceDecoder {
  private static final String NAME = "tts-worker/device/";
  private static final String ANGLE = NAME + "angle";
  private static final String TURN = NAME + "turn";
  private static final String HALF = NAME + "half";
  private static final OptionalInt RANK = OptionalInt.of(3);
  private static final long PARTS_AXIS = 1;
  private static final int WEIGHT = 1;

  /// The provider for WebGPU (0.4.0) computes convolutions wrongly whose input channels are no
  /// multiple of this.
  private static final int CHANNEL_STEP = 4;

  private final GraphProto.Builder graph;
  private final Map<String, TensorProto> weights = new HashMap<>();

  private DeviceDecoder(GraphProto.Builder graph) {
    this.graph = graph;
  }

  /// A decoder with the input [SpectralInterface#MASK] and the one output
  /// [SpectralInterface#SPECTRA].
  ///
  /// @param raw the decoder as the model has it
  /// @throws UnpartitionableGraphException when a product has another form than that of dynamic
  ///   quantization
  static ModelProto in(ModelProto raw) {
    GraphProto.Builder graph = raw.getGraph().toBuilder().clearNode().clearInitializer();
    new DeviceDecoder(graph).add(Dequantization.of(raw.getGraph()));
    addReducedAngle(graph);
    SpectrumTail.addFactors(graph, ANGLE);
    graph.addNode(
        Nodes.node(
                "Concat",
                SpectralInterface.SPECTRA,
                SpectralInterface.SPECTRUM.toArray(String[]::new))
            .addAttribute(Nodes.number("axis", PARTS_AXIS)));
    ModelProto made = raw.toBuilder().setGraph(graph).build();
    return new SubGraph(made, new GraphIndex(made.getGraph()))
        .extract(
            List.of(new Boundary(SpectralInterface.MASK, RANK)),
            List.of(SpectralInterface.SPECTRA));
  }

  /// Sines of GPUs are accurate within half a turn, and not far beyond.
  private static void addReducedAngle(GraphProto.Builder graph) {
    String turns = ANGLE + "/turns";
    graph
        .addInitializer(Nodes.scalar(TURN, (float) (2 * Math.PI)))
        .addInitializer(Nodes.scalar(HALF, 0.5f))
        .addNode(Nodes.node("Div", turns, SpectrumTail.FREE_ANGLE, TURN))
        .addNode(Nodes.node("Add", turns + "/above", turns, HALF))
        .addNode(Nodes.node("Floor", turns + "/whole", turns + "/above"))
        .addNode(Nodes.node("Mul", turns + "/angle", turns + "/whole", TURN))
        .addNode(Nodes.node("Sub", ANGLE, SpectrumTail.FREE_ANGLE, turns + "/angle"));
  }

  private void add(Dequantization.Result floats) {
    for (Dequantization.Constant constant : floats.constants()) {
      TensorProto whole = constant.whole().get();
      weights.put(whole.getName(), whole);
      graph.addInitializer(whole);
    }
    for (NodeProto node : floats.nodes()) {
      graph.addNode(node.getOpType().equals("Conv") ? masked(node) : node);
    }
  }

  private NodeProto masked(NodeProto convolution) {
    String input = convolution.getInput(0);
    String masked = NAME + "masked/" + input;
    graph.addNode(Nodes.node("Mul", masked, input, SpectralInterface.MASK));
    NodeProto.Builder made = convolution.toBuilder().setInput(0, masked);
    TensorProto weight = weights.get(convolution.getInput(WEIGHT));
    if (weight != null && Nodes.number(convolution, "group", 1) == 1) {
      int more = Math.floorMod(-Math.toIntExact(weight.getDims(1)), CHANNEL_STEP);
      if (more > 0) {
        widen(made, masked, weight, more);
      }
    }
    return made.build();
  }

  /// Adds channels of zeros.
  private void widen(NodeProto.Builder convolution, String input, TensorProto weight, int more) {
    String widened = NAME + "widened/" + input;
    String pads = NAME + "pads/" + input;
    String wide = NAME + "wide/" + weight.getName();
    graph
        .addInitializer(Nodes.list(pads, List.of(0L, 0L, 0L, 0L, (long) more, 0L)))
        .addInitializer(wide(weight, wide, more))
        .addNode(Nodes.node("Pad", widened, input, pads));
    convolution.setInput(0, widened).setInput(WEIGHT, wide);
  }

  private static TensorProto wide(TensorProto weight, String name, int more) {
    float[] values = ModelWeights.floats(weight);
    int outputs = Math.toIntExact(weight.getDims(0));
    int each = values.length / outputs;
    int added = more * Math.toIntExact(weight.getDims(2));
    ByteBuffer wide =
        ByteBuffer.allocate(outputs * (each + added) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int output = 0; output < outputs; output++) {
      for (int i = 0; i < each; i++) {
        wide.putFloat(values[output * each + i]);
      }
      wide.position(wide.position() + added * Float.BYTES);
    }
    return weight.toBuilder()
        .setName(name)
        .setDims(1, weight.getDims(1) + more)
        .clearFloatData()
        .setRawData(ByteString.copyFrom(wide.flip()))
        .build();
  }
}
