package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import java.util.List;
import java.util.OptionalInt;

/// Rewrite of a decoder for accelerators: products of floats, several windows of one width at once,
/// and a mask that hides padding from the convolutions, so that they see nothing beyond the ends of
/// what is decoded, as at the ends of a sentence. All spectral parts are one output.
final class DeviceDecoder {
  private static final String NAME = "tts-worker/device/";
  private static final OptionalInt RANK = OptionalInt.of(3);
  private static final long PARTS_AXIS = 1;

  private DeviceDecoder() {}

  /// A decoder with the input [SpectralInterface#MASK] and the one output
  /// [SpectralInterface#SPECTRA].
  ///
  /// @param raw the decoder as the model has it
  /// @throws UnpartitionableGraphException when a product has another form than that of dynamic
  ///   quantization
  static ModelProto in(ModelProto raw) {
    Dequantization.Result floats = Dequantization.of(raw.getGraph());
    GraphProto.Builder graph = raw.getGraph().toBuilder().clearNode().clearInitializer();
    floats.constants().forEach(constant -> graph.addInitializer(constant.whole().get()));
    for (NodeProto node : floats.nodes()) {
      if (node.getOpType().equals("Conv")) {
        String masked = NAME + "masked/" + node.getInput(0);
        graph
            .addNode(Nodes.node("Mul", masked, node.getInput(0), SpectralInterface.MASK))
            .addNode(node.toBuilder().setInput(0, masked));
      } else {
        graph.addNode(node);
      }
    }
    SpectrumTail.addFactors(graph);
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
}
