package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import dev.ttsworker.engine.graph.proto.ValueInfoProto;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GraphPartitionerTest {
  private static final Path VOICES = Path.of("src/test/resources/voicepacks/piper");
  private static final Path TINY = VOICES.resolve("tiny/tiny.onnx");
  private static final Path SPEAKERS = VOICES.resolve("tiny-speakers/tiny-speakers.onnx");
  private static final int DOC_STRING = 6;

  @TempDir Path folder;

  @Test
  void stagesTakeWhatCrossesTheCuts() {
    PartitionedGraphs cut =
        assertInstanceOf(PartitionedGraphs.class, GraphPartitioner.partition(TINY));
    assertEquals(
        Set.of("input", "input_lengths", "scales", "/dp/RandomNormalLike_output_0"),
        inputs(cut.model(GraphPart.TEXT)));
    assertEquals(
        List.of("/enc_p/Split_output_0", "/enc_p/Split_output_1", "/Ceil_output_0"),
        names(cut.model(GraphPart.TEXT).getGraph().getOutputList()));
    assertEquals(Set.of("/Add_output_0", "/Cast_2_output_0"), inputs(cut.model(GraphPart.FLOW)));
    assertEquals(Set.of("/Mul_7_output_0"), inputs(cut.model(GraphPart.HEAD)));
    assertEquals(Set.of("/dec/LeakyRelu_1_output_0"), inputs(cut.model(GraphPart.TAIL)));
    assertEquals(List.of("output"), names(cut.model(GraphPart.TAIL).getGraph().getOutputList()));
  }

  /// The flow: 4 couplings of 4 layers of 5 taps. The head: 7 taps, an upsampling of 8 with 16
  /// taps, then 7 taps with dilations 3 and 12 at 8 columns per frame. The tail, in eighths of a
  /// frame: an upsampling of 8 with 16 taps, the same 45 taps at 64 per frame, and so on.
  @Test
  void contextsFollowFromTheKernels() {
    PartitionedGraphs cut =
        assertInstanceOf(PartitionedGraphs.class, GraphPartitioner.partition(TINY));
    assertEquals(
        new PartitionInterface.ContextFrames(32, 10, 9, 8, 256), cut.names().contextFrames());
  }

  @Test
  void decoderThatUpsamplesOnceIsNotCut() throws IOException {
    ModelProto.Builder model = model(TINY).toBuilder();
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("ConvTranspose") && !node.getName().contains("ups.0")) {
        node.setOpType("Resize");
      }
    }
    UnpartitionableGraphException thrown =
        assertThrows(
            UnpartitionableGraphException.class, () -> GraphPartitioner.partition(model.build()));
    assertTrue(thrown.reason().contains("upsamples 1 times"), thrown.reason());
  }

  @Test
  void stagesHoldTheirOwnNodesAndWeightsOnly() {
    PartitionedGraphs cut =
        assertInstanceOf(PartitionedGraphs.class, GraphPartitioner.partition(TINY));
    int nodes = 0;
    for (GraphPart stage : GraphPart.values()) {
      GraphProto part = cut.model(stage).getGraph();
      nodes += part.getNodeCount();
      List<String> roots =
          switch (stage) {
            case TEXT -> List.of("enc_p.", "dp.");
            case FLOW -> List.of("flow.");
            case HEAD, TAIL -> List.of("dec.");
          };
      assertTrue(
          part.getInitializerList().stream()
              .map(TensorProto::getName)
              .filter(name -> !name.equals(Conv1dToConv2d.AXES))
              .allMatch(name -> roots.stream().anyMatch(name::startsWith)));
      assertTrue(part.getNodeList().stream().noneMatch(n -> n.getOpType().startsWith("Random")));
      assertEquals(0, part.getValueInfoCount());
    }
    assertTrue(nodes > 100, nodes + " nodes");
  }

  @Test
  void speakerCrossesIntoFlowAndHead() {
    PartitionedGraphs cut =
        assertInstanceOf(PartitionedGraphs.class, GraphPartitioner.partition(SPEAKERS));
    PartitionInterface names = cut.names();
    assertEquals("sid", names.speaker().orElseThrow());
    assertEquals(4, names.flowConditions().size(), names.flowConditions()::toString);
    assertEquals(1, names.headConditions().size(), names.headConditions()::toString);
    assertTrue(inputs(cut.model(GraphPart.FLOW)).containsAll(names.flowConditions()));
    assertTrue(inputs(cut.model(GraphPart.HEAD)).containsAll(names.headConditions()));
    List<String> text = names(cut.model(GraphPart.TEXT).getGraph().getOutputList());
    assertTrue(text.containsAll(names.flowConditions()));
    assertTrue(text.containsAll(names.headConditions()));
  }

  @Test
  void namesOfTensorsDoNotMatter() throws IOException {
    ModelProto model = model(TINY);
    GraphProto.Builder graph = model.getGraph().toBuilder();
    Set<String> kept = Set.of("input", "input_lengths", "scales", "output", "");
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, renamed(node.getInput(i), kept));
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        node.setOutput(i, renamed(node.getOutput(i), kept));
      }
      if (!node.getName().equals("/dec/conv_pre/Conv")) {
        node.setName("n" + node.getName().hashCode());
      }
    }
    graph.getInitializerBuilderList().forEach(w -> w.setName(renamed(w.getName(), kept)));
    PartitionedGraphs cut = GraphPartitioner.partition(model.toBuilder().setGraph(graph).build());
    assertEquals(renamed("/enc_p/Split_output_0", kept), cut.names().mean());
    assertEquals(renamed("/enc_p/Split_output_1", kept), cut.names().logScale());
    assertEquals(renamed("/Cast_2_output_0", kept), cut.names().mask().orElseThrow());
  }

  private static String renamed(String name, Set<String> kept) {
    return kept.contains(name) ? name : "t" + name.hashCode();
  }

  @Test
  void fieldsThatWeDoNotKnowSurvive() throws IOException {
    UnknownFieldSet.Field text =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8("kept"))
            .build();
    UnknownFieldSet unknown = UnknownFieldSet.newBuilder().addField(DOC_STRING, text).build();
    PartitionedGraphs cut =
        GraphPartitioner.partition(model(TINY).toBuilder().mergeUnknownFields(unknown).build());
    for (GraphPart stage : GraphPart.values()) {
      ModelProto part = cut.model(stage);
      assertEquals(text, part.getUnknownFields().getField(DOC_STRING));
      assertEquals(15, part.getOpsetImport(0).getVersion());
      assertTrue(
          part.getGraph().getInitializerList().stream()
              .filter(weight -> !weight.getName().equals(Conv1dToConv2d.AXES))
              .noneMatch(weight -> weight.getRawData().isEmpty()),
          "the weights' bytes");
    }
  }

  @Test
  void reasonIsGivenWhenTheShapeIsAnother() throws IOException {
    assertReason("Ceil nodes", n -> n.getOpType().equals("Ceil"), n -> n.setOpType("Round"));
    assertReason("conv_pre", n -> n.getName().endsWith("conv_pre/Conv"), n -> n.setName("other"));
    assertReason(
        "random tensors", n -> n.getName().equals("/RandomNormalLike"), n -> n.setOpType("Neg"));
    assertReason("one Split", n -> n.getName().equals("/Transpose_4"), n -> n.setInput(0, "none"));
    assertReason("a Loop", n -> n.getName().equals("/dec/Tanh"), n -> n.setOpType("Loop"));
    assertReason("a If", n -> n.getName().equals("/dp/Tanh"), n -> n.setOpType("If"));
  }

  private static void assertReason(
      String expected,
      java.util.function.Predicate<NodeProto.Builder> which,
      java.util.function.Consumer<NodeProto.Builder> change)
      throws IOException {
    ModelProto.Builder model = model(TINY).toBuilder();
    List<NodeProto.Builder> changed =
        model.getGraphBuilder().getNodeBuilderList().stream().filter(which).toList();
    assertEquals(1, changed.size(), expected);
    changed.forEach(change);
    UnpartitionableGraphException thrown =
        assertThrows(
            UnpartitionableGraphException.class,
            () -> GraphPartitioner.partition(model.build()),
            expected);
    assertTrue(
        thrown.reason().contains(expected) || thrown.reason().contains("sources of the scale"),
        thrown.reason());
  }

  /// A node that reads itself must not keep the search going round.
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void circlesAreUncuttable() throws IOException {
    ModelProto model = model(TINY);
    int circles = 0;
    for (int i = 0; i < model.getGraph().getNodeCount(); i++) {
      NodeProto node = model.getGraph().getNode(i);
      if (Set.of("MatMul", "Transpose", "Mul").contains(node.getOpType())) {
        ModelProto.Builder changed = model.toBuilder();
        changed.getGraphBuilder().getNodeBuilder(i).setInput(0, node.getOutput(0));
        try {
          PartitionedGraphs _ = GraphPartitioner.partition(changed.build());
        } catch (UnpartitionableGraphException expected) {
          circles++;
        }
      }
    }
    assertTrue(circles > 5, circles + " uncuttable");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 100_000, Integer.MAX_VALUE, Long.MAX_VALUE})
  void upsamplingsThatNoVoiceHasAreUncuttable(long stride) throws IOException {
    ModelProto.Builder model = model(TINY).toBuilder();
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("ConvTranspose")) {
        node.getAttributeBuilderList().stream()
            .filter(attribute -> attribute.getName().equals("strides"))
            .forEach(attribute -> attribute.setInts(0, stride));
      }
    }
    assertThrows(
        UnpartitionableGraphException.class, () -> GraphPartitioner.partition(model.build()));
  }

  @Test
  void uncuttableModelIsAnAnswerAndNoFailure() throws IOException {
    Path file = folder.resolve("plain.onnx");
    ModelProto.Builder model = model(TINY).toBuilder();
    model.getGraphBuilder().getInputBuilder(0).setName("tokens");
    Files.write(file, model.build().toByteArray());
    PartitionResult.Unpartitionable answer =
        assertInstanceOf(PartitionResult.Unpartitionable.class, GraphPartitioner.partition(file));
    assertTrue(answer.reason().contains("\"input\""), answer.reason());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 60_000})
  void truncatedModelIsRefusedByName(int bytes) throws IOException {
    Path file = folder.resolve("broken.onnx");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(TINY), bytes));
    assertRefused(ErrorCode.INVALID_VOICEPACK, file);
  }

  @Test
  void otherBytesAreRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("text.onnx"), "version https://example.org");
    assertRefused(ErrorCode.INVALID_VOICEPACK, file);
  }

  @Test
  void missingModelIsRefusedByName() {
    assertRefused(ErrorCode.MODEL_LOAD_FAILED, folder.resolve("missing.onnx"));
  }

  private void assertRefused(ErrorCode code, Path file) {
    WorkerException thrown =
        assertThrows(WorkerException.class, () -> GraphPartitioner.partition(file));
    assertEquals(code, thrown.code());
    assertTrue(
        thrown.getMessage().contains(folder.getFileName() + "/" + file.getFileName()),
        thrown.getMessage());
    assertFalse(thrown.getMessage().contains(folder.toString()), thrown.getMessage());
  }

  private static ModelProto model(Path file) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  private static Set<String> inputs(ModelProto model) {
    return Set.copyOf(names(model.getGraph().getInputList()));
  }

  private static List<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).collect(Collectors.toList());
  }
}
