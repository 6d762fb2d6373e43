package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Cut point search in the graph of a spectral voice, by structure: only the names of the model's
/// inputs and outputs are its interface.
///
/// - spectral parts: the five outputs of one `Split`;
/// - durations: what the only `CumSum` adds up, before it becomes whole numbers;
/// - decoder input: the last `Concat` that everything after it is computed from alone, frame by
///   frame and by convolutions.
final class SpectralFinder {
  static final List<String> PARTS = List.of("lh", "theta", "ln", "lr", "phi");
  private static final String PITCH = "f0";
  private static final String PHONEMES = "ids";
  private static final String SPEED = "speed";

  /// Node types that compute a frame from that frame alone, besides convolutions, which
  /// [ReceptiveFieldFinder] knows.
  private static final Set<String> BY_FRAME =
      Set.of(
          "Conv",
          "Transpose",
          "LayerNormalization",
          "DynamicQuantizeLinear",
          "MatMulInteger",
          "MatMul",
          "Cast",
          "Mul",
          "Add",
          "Sub",
          "Div",
          "Erf",
          "Relu",
          "Tanh",
          "Sigmoid",
          "Identity",
          "Split");

  private final GraphIndex index;

  SpectralFinder(GraphIndex index) {
    this.index = index;
  }

  SpectralInterface find() {
    input(PHONEMES, Nodes.INT64);
    input(SPEED, Nodes.FLOAT);
    outputs();
    NodeProto split = split();
    String decoderInput = decoderInput(split.getInput(0));
    List<NodeProto> decoder = between(decoderInput, split);
    decoder.forEach(SpectralFinder::check);
    ReceptiveField field =
        new ReceptiveFieldFinder(index).between(decoderInput, split.getOutput(0));
    CarriedColumns.Layout layout = CarriedColumns.layout(index, decoder);
    return new SpectralInterface(
        PHONEMES,
        SPEED,
        durations(),
        PITCH,
        decoderInput,
        layout.rowsOf(decoderInput),
        field.context(),
        layout.edge(),
        layout.rows(),
        StaticQuantization.quantized(decoder));
  }

  private void input(String name, int type) {
    int found =
        index
            .input(name)
            .map(input -> input.getType().getTensorType().getElemType())
            .orElseThrow(
                () -> new UnpartitionableGraphException("the model has no input \"" + name + "\""));
    if (found != type) {
      throw new UnpartitionableGraphException(
          "the input \"%s\" has the element type %d, not %d".formatted(name, found, type));
    }
  }

  private void outputs() {
    List<String> found =
        index.graph().getOutputList().stream().map(ValueInfoProto::getName).toList();
    List<String> expected = new ArrayList<>(PARTS);
    expected.add(PITCH);
    if (!new HashSet<>(found).equals(new HashSet<>(expected))) {
      throw new UnpartitionableGraphException(
          "the model's outputs are %s, not %s".formatted(found, expected));
    }
  }

  private NodeProto split() {
    NodeProto split =
        index
            .producer(PARTS.getFirst())
            .orElseThrow(
                () -> new UnpartitionableGraphException("nothing computes " + PARTS.getFirst()));
    if (!split.getOpType().equals("Split") || !split.getOutputList().equals(PARTS)) {
      throw new UnpartitionableGraphException(
          "%s are the outputs of a %s, not the parts %s of one Split"
              .formatted(split.getOutputList(), split.getOpType(), PARTS));
    }
    return split;
  }

  private String durations() {
    List<NodeProto> sums = index.nodesOfType("CumSum");
    if (sums.size() != 1) {
      throw new UnpartitionableGraphException("it has " + sums.size() + " CumSum nodes, not 1");
    }
    String whole = sums.getFirst().getInput(0);
    return index
        .producer(whole)
        .filter(node -> node.getOpType().equals("Cast"))
        .map(node -> node.getInput(0))
        .filter(index.downstream(Set.of(SPEED))::contains)
        .orElseThrow(() ->
            new UnpartitionableGraphException(
                "its CumSum does not add durations that depend on " + SPEED));
  }

  private String decoderInput(String end) {
    Set<String> before = index.upstream(List.of(end), Set.of());
    return index.nodesOfType("Concat").reversed().stream()
        .map(node -> node.getOutput(0))
        .filter(before::contains)
        .filter(tensor -> !index.isConstant(tensor) && isOnlySource(tensor, end))
        .findFirst()
        .orElseThrow(() ->
            new UnpartitionableGraphException(
                "no Concat is all that the spectral parts are computed from"));
  }

  /// Whether `end` is computed from `start` and constants alone.
  private boolean isOnlySource(String start, String end) {
    Set<String> after = index.downstream(Set.of(start));
    return index.upstream(List.of(end), Set.of(start)).stream()
        .allMatch(tensor -> after.contains(tensor) || index.isConstant(tensor));
  }

  private List<NodeProto> between(String start, NodeProto last) {
    Set<String> after = index.downstream(Set.of(start));
    Set<String> before = index.upstream(last.getInputList(), Set.of(start));
    before.addAll(last.getOutputList());
    return index.graph().getNodeList().stream()
        .filter(node ->
            node.getOutputList().stream()
                .anyMatch(o -> after.contains(o) && before.contains(o) && !o.equals(start)))
        .toList();
  }

  private static void check(NodeProto node) {
    if (!BY_FRAME.contains(node.getOpType())) {
      throw new UnpartitionableGraphException(
          "node %s of the decoder is a %s, which may mix distant frames"
              .formatted(node.getName(), node.getOpType()));
    }
  }
}
