package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Rewrite of a decoder so that consecutive windows need no context of their own: each convolution
/// reads the last columns of its input from the window before, instead of zeros, and hands on those
/// of this window. What a window gives lies behind its input by the context of the decoder; only
/// the last one, which is padded with zeros as the whole sentence is, catches up.
final class CarriedColumns {
  private static final String NAME = "tts-worker/columns/";
  private static final String SIZES = NAME + "sizes";
  private static final String TIME = NAME + "time";
  private static final String LAST = NAME + "last";
  private static final String AFTER_EDGE = NAME + "after-edge";
  private static final String BEFORE_EDGE = NAME + "before-edge";
  private static final String END = NAME + "end";
  private static final long TIME_AXIS = 2;
  private static final int WEIGHT = 1;

  private CarriedColumns() {}

  /// What the convolutions of a decoder carry on.
  ///
  /// @param edge columns that each pads on each side
  /// @param inputs of the convolutions, with their rows, in order
  record Layout(int edge, Map<String, Integer> inputs) {
    Layout {
      inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    int rows() {
      return inputs.values().stream().mapToInt(Integer::intValue).sum();
    }

    int rowsOf(String input) {
      return inputs.getOrDefault(input, 0);
    }
  }

  /// @throws UnpartitionableGraphException when convolutions differ in what they need
  static Layout layout(GraphIndex index, List<NodeProto> decoder) {
    Map<String, List<Long>> dims = new LinkedHashMap<>();
    for (TensorProto weight : index.graph().getInitializerList()) {
      dims.put(weight.getName(), weight.getDimsList());
    }
    Map<String, Integer> inputs = new LinkedHashMap<>();
    long edge = 0;
    for (NodeProto node : decoder) {
      if (!node.getOpType().equals("Conv")) {
        continue;
      }
      List<Long> shape = dims.getOrDefault(node.getInput(WEIGHT), List.of());
      long pad = Nodes.number(node, "pads", 0);
      long span = Nodes.number(node, "dilations", 1) * (Nodes.number(node, "kernel_shape", 0) - 1);
      if (shape.size() != 3 || span != 2 * pad || pad < 1 || (edge > 0 && pad != edge)) {
        throw new UnpartitionableGraphException(
            "the convolution %s pads %d columns of %d, the others %d"
                .formatted(node.getName(), pad, span, edge));
      }
      edge = pad;
      int rows = Math.toIntExact(shape.get(1) * Nodes.number(node, "group", 1));
      if (inputs.put(node.getInput(0), rows) != null) {
        throw new UnpartitionableGraphException(
            "two convolutions of the decoder read " + node.getInput(0));
      }
    }
    if (inputs.isEmpty()) {
      throw new UnpartitionableGraphException("its decoder has no convolution");
    }
    return new Layout(Math.toIntExact(edge), inputs);
  }

  /// A decoder with the inputs [SpectralInterface#CARRIED] and [SpectralInterface#PADS] and the
  /// output [SpectralInterface#CARRIED_ON].
  static ModelProto in(ModelProto model, Layout layout) {
    GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    long edge = layout.edge();
    graph
        .addInput(SubGraph.floats(new Boundary(SpectralInterface.CARRIED, OptionalInt.of(3))))
        .addInput(SubGraph.wholeNumbers(SpectralInterface.PADS))
        .addOutput(SubGraph.floats(new Boundary(SpectralInterface.CARRIED_ON, OptionalInt.empty())))
        .addInitializer(
            Nodes.list(SIZES, layout.inputs().values().stream().map(Integer::longValue).toList()))
        .addInitializer(Nodes.list(TIME, List.of(TIME_AXIS)))
        .addInitializer(Nodes.list(LAST, List.of(-2 * edge)))
        .addInitializer(Nodes.list(AFTER_EDGE, List.of(edge)))
        .addInitializer(Nodes.list(BEFORE_EDGE, List.of(-edge)))
        .addInitializer(Nodes.list(END, List.of(Long.MAX_VALUE)));
    List<String> inputs = List.copyOf(layout.inputs().keySet());
    graph.addNode(split(inputs));
    inputs.stream()
        .filter(input ->
            model.getGraph().getInputList().stream().anyMatch(i -> i.getName().equals(input)))
        .forEach(input -> addColumns(graph, input));
    for (NodeProto node : model.getGraph().getNodeList()) {
      graph.addNode(redirected(node, inputs));
      node.getOutputList().stream()
          .filter(inputs::contains)
          .forEach(input -> addColumns(graph, input));
    }
    NodeProto.Builder all = Nodes.node("Concat", SpectralInterface.CARRIED_ON);
    inputs.forEach(input -> all.addInput(carriedOn(input)));
    graph.addNode(all.addAttribute(Nodes.number("axis", 1)));
    return model.toBuilder().setGraph(graph).build();
  }

  private static NodeProto split(List<String> inputs) {
    NodeProto.Builder split =
        NodeProto.newBuilder()
            .setOpType("Split")
            .setName(NAME + "Split")
            .addInput(SpectralInterface.CARRIED)
            .addInput(SIZES)
            .addAttribute(Nodes.number("axis", 1));
    inputs.forEach(input -> split.addOutput(carried(input)));
    return split.build();
  }

  private static void addColumns(GraphProto.Builder graph, String input) {
    graph
        .addNode(
            Nodes.node("Concat", joined(input), carried(input), input)
                .addAttribute(Nodes.number("axis", TIME_AXIS)))
        .addNode(Nodes.node("Slice", carriedOn(input), joined(input), LAST, END, TIME))
        .addNode(Nodes.node("Pad", padded(input), joined(input), SpectralInterface.PADS))
        .addNode(Nodes.node("Slice", aligned(input), padded(input), AFTER_EDGE, BEFORE_EDGE, TIME));
  }

  /// Convolutions read their input with its edges; all others what lies in time with the result.
  private static NodeProto redirected(NodeProto node, List<String> inputs) {
    NodeProto.Builder changed = node.toBuilder();
    boolean convolution = node.getOpType().equals("Conv");
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      if (inputs.contains(input)) {
        changed.setInput(i, convolution ? padded(input) : aligned(input));
      }
    }
    if (convolution) {
      List<AttributeProto> attributes = new ArrayList<>(node.getAttributeList());
      attributes.removeIf(attribute -> attribute.getName().equals("pads"));
      attributes.add(Nodes.numbers("pads", 0L, 0L));
      changed.clearAttribute().addAllAttribute(attributes);
    }
    return changed.build();
  }

  private static String carried(String input) {
    return NAME + "carried/" + input;
  }

  private static String carriedOn(String input) {
    return NAME + "carried-on/" + input;
  }

  private static String joined(String input) {
    return NAME + "joined/" + input;
  }

  private static String padded(String input) {
    return NAME + "padded/" + input;
  }

  private static String aligned(String input) {
    return NAME + "aligned/" + input;
  }
}
