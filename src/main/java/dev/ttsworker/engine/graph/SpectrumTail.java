package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import java.util.List;
import java.util.OptionalInt;

/// Rewrite of the end of a decoder: the five spectral parts become complex factors, frame by frame
/// in memory: `exp(min(lh,7)) exp(i pi tanh(theta))`, `exp(min(ln,7))`, `exp(min(lr,7)) exp(i
/// phi)`. ONNX Runtime computes these functions in a fraction of the time of Java's (decision
/// 0014).
final class SpectrumTail {
  private static final String NAME = "tts-worker/spectrum/";
  private static final String MOST = NAME + "most";
  private static final String HALF_TURN = NAME + "half-turn";
  private static final float LARGEST_EXPONENT = 7;

  /// The part that is an angle in radians, of any size.
  static final String FREE_ANGLE = "phi";

  private static final long LAST_AXIS = 2;

  private SpectrumTail() {}

  /// A decoder with the outputs [SpectralInterface#SPECTRUM] in place of its own.
  ///
  /// @throws UnpartitionableGraphException when its last steps are no `Transpose` and `Split`
  static ModelProto in(ModelProto model) {
    GraphIndex index = new GraphIndex(model.getGraph());
    NodeProto split = index.producer(SpectralFinder.PARTS.getFirst()).orElseThrow();
    NodeProto transpose =
        index
            .producer(split.getInput(0))
            .filter(SpectrumTail::exchangesTimeAndBins)
            .orElseThrow(() ->
                new UnpartitionableGraphException(
                    "its spectral parts are not the transpose of frames"));
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode().clearOutput();
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (!node.equals(split) && !node.equals(transpose)) {
        graph.addNode(node);
      }
    }
    NodeProto.Builder frames =
        split.toBuilder().setInput(0, transpose.getInput(0)).clearAttribute();
    split.getAttributeList().stream()
        .filter(attribute -> !attribute.getName().equals("axis"))
        .forEach(frames::addAttribute);
    graph.addNode(frames.addAttribute(Nodes.number("axis", LAST_AXIS)));
    addFactors(graph, FREE_ANGLE);
    SpectralInterface.SPECTRUM.forEach(
        name -> graph.addOutput(SubGraph.floats(new Boundary(name, OptionalInt.empty()))));
    return model.toBuilder().setGraph(graph).build();
  }

  private static boolean exchangesTimeAndBins(NodeProto node) {
    return node.getOpType().equals("Transpose")
        && node.getAttributeList().stream()
            .anyMatch(attribute -> attribute.getIntsList().equals(List.of(0L, 2L, 1L)));
  }

  /// Adds what makes [SpectralInterface#SPECTRUM] of the spectral parts, in whatever layout they
  /// are.
  ///
  /// @param freeAngle the part `phi`, or whole turns less
  static void addFactors(GraphProto.Builder graph, String freeAngle) {
    graph
        .addInitializer(Nodes.scalar(MOST, LARGEST_EXPONENT))
        .addInitializer(Nodes.scalar(HALF_TURN, (float) Math.PI));
    List<String> made = SpectralInterface.SPECTRUM;
    addMagnitude(graph, "lh", NAME + "harmonic");
    addMagnitude(graph, "ln", made.get(2));
    addMagnitude(graph, "lr", NAME + "free");
    graph
        .addNode(Nodes.node("Tanh", NAME + "turn", "theta"))
        .addNode(Nodes.node("Mul", NAME + "angle", NAME + "turn", HALF_TURN));
    addComplex(graph, NAME + "harmonic", NAME + "angle", made.get(0), made.get(1));
    addComplex(graph, NAME + "free", freeAngle, made.get(3), made.get(4));
  }

  private static void addMagnitude(GraphProto.Builder graph, String part, String output) {
    graph
        .addNode(Nodes.node("Min", NAME + part, part, MOST))
        .addNode(Nodes.node("Exp", output, NAME + part));
  }

  private static void addComplex(
      GraphProto.Builder graph, String magnitude, String angle, String re, String im) {
    graph
        .addNode(Nodes.node("Cos", re + "/cos", angle))
        .addNode(Nodes.node("Sin", im + "/sin", angle))
        .addNode(Nodes.node("Mul", re, re + "/cos", magnitude))
        .addNode(Nodes.node("Mul", im, im + "/sin", magnitude));
  }
}
