package dev.ttsworker.engine.graph;

import dev.ttsworker.engine.graph.SubGraph.Boundary;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Graph of a StyleTTS 2 voice such as Kokoro: phoneme numbers, style and speed to audio, the whole
/// sentence at once. Rewritten so that it computes with floats, convolutions as planes, gives the
/// durations of the phonemes, and draws no random numbers. Immutable.
public final class StyleGraph {
  /// Changes whenever the same model would be rewritten differently.
  public static final int VERSION = 1;

  private static final Set<String> RANDOM = Set.of("RandomNormalLike", "RandomUniformLike");

  private final StyleInterface names;

  /// Whose constants have no values.
  private final ModelProto model;

  private final Map<String, Supplier<TensorProto>> constants = new HashMap<>();

  private StyleGraph(ModelProto source) {
    StyleFinder finder = new StyleFinder(new GraphIndex(source.getGraph()));
    this.names = finder.names();
    Dequantization.Result floats = Dequantization.of(source.getGraph());
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : floats.nodes()) {
      nodes.add(GraphIndex.isRandom(node) ? still(node) : node);
    }
    nodes.add(
        Nodes.node("Cast", StyleInterface.DURATIONS, finder.durations())
            .addAttribute(Nodes.number("to", Nodes.FLOAT))
            .build());
    GraphProto.Builder graph = needed(source.getGraph(), nodes);
    Set<String> read = new HashSet<>();
    graph.getNodeList().forEach(node -> read.addAll(node.getInputList()));
    for (Dequantization.Constant constant : floats.constants()) {
      if (read.contains(constant.shape().getName())) {
        graph.addInitializer(constant.shape());
        constants.put(constant.shape().getName(), constant.whole());
      }
    }
    this.model = Conv1dToConv2d.in(source.toBuilder().setGraph(graph).build());
  }

  /// The graph of these nodes as far as they are needed for the outputs, without constants.
  private GraphProto.Builder needed(GraphProto source, List<NodeProto> nodes) {
    GraphProto.Builder graph = source.toBuilder();
    graph.clearNode().clearInitializer().clearValueInfo().clearOutput();
    List<String> outputs = List.of(names.audio(), StyleInterface.DURATIONS);
    Set<String> needed =
        new GraphIndex(graph.clone().addAllNode(nodes).build()).upstream(outputs, Set.of());
    for (NodeProto node : nodes) {
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        graph.addNode(node);
      }
    }
    for (String output : outputs) {
      graph.addOutput(SubGraph.floats(new Boundary(output, OptionalInt.empty())));
    }
    return graph;
  }

  /// Reads a model; needs about twice its size in memory while it runs.
  ///
  /// @throws WorkerException `MODEL_LOAD_FAILED` when it cannot be read, `INVALID_VOICEPACK` when
  ///   it is no ONNX model, or none of this kind; all name folder and file
  public static StyleGraph read(Path model) {
    ModelProto source = GraphPartitioner.read(model);
    try {
      source.getGraph().getNodeList().forEach(GraphPartitioner::check);
      return new StyleGraph(source);
    } catch (UnpartitionableGraphException e) {
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "%s is no graph of a Kokoro voice: %s"
              .formatted(GraphPartitioner.name(model), e.reason()),
          e);
    }
  }

  public StyleInterface names() {
    return names;
  }

  /// Nothing in the place of a random number, so that a text always sounds the same.
  private static NodeProto still(NodeProto random) {
    if (!RANDOM.contains(random.getOpType())) {
      throw new UnpartitionableGraphException(
          "node %s is a %s; allowed: %s"
              .formatted(
                  random.getName(),
                  random.getOpType(),
                  RANDOM.stream().sorted().collect(Collectors.joining(", "))));
    }
    return Nodes.node("Sub", random.getOutput(0), random.getInput(0), random.getInput(0)).build();
  }

  /// Writes the graph of floats: audio and [StyleInterface#DURATIONS].
  ///
  /// The weights are written one by one: the parts of a message in protobuf's format may follow
  /// each other as messages of their own.
  ///
  /// @throws IOException from the file system
  public void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      model.toBuilder()
          .setGraph(model.getGraph().toBuilder().clearInitializer())
          .build()
          .writeTo(out);
      for (TensorProto shape : model.getGraph().getInitializerList()) {
        GraphProto part = GraphProto.newBuilder().addInitializer(whole(shape)).build();
        ModelProto.newBuilder().setGraph(part).build().writeTo(out);
      }
    }
  }

  private TensorProto whole(TensorProto shape) {
    Supplier<TensorProto> made = constants.get(shape.getName());
    return made == null
        ? shape
        : made.get().toBuilder().clearDims().addAllDims(shape.getDimsList()).build();
  }
}
