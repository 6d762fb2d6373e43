package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpectralPartitionerTest {
  private static final Path TINY = Path.of("src/test/resources/voicepacks/hibari/tiny/tiny.onnx");

  @TempDir Path folder;

  @Test
  void findsTheStagesByStructure() {
    SpectralInterface names = SpectralPartitioner.partition(TINY, ByteWeights.SIGNED).names();
    assertEquals(27, names.contextFrames());
    assertEquals(3, names.edgeFrames());
    assertEquals(18, names.rows());
    assertEquals(18 + 8 * 16, names.carriedRows());
    assertEquals(17, names.quantized().size());
  }

  @Test
  void anotherGraphIsRefusedWithTheReason() throws IOException {
    refused(
        "tiny.onnx is no graph of a hibari voice: the model's outputs",
        g -> g.toBuilder().removeOutput(5).build());
    refused("the model has no input \"speed\"", g -> renamedInput(g));
    refused("has 0 CumSum nodes", g -> retyped(g, "CumSum", "Identity"));
    refused("is a Softmax, which may mix distant frames", g -> retyped(g, "Erf", "Softmax"));
    refused("are the outputs of a SplitToSequence", g -> retyped(g, "Split", "SplitToSequence"));
    refused("is no graph of a hibari voice", g -> retyped(g, "Concat", "Identity"));
  }

  @Test
  void pipersGraphIsRefused() {
    Path piper = Path.of("src/test/resources/voicepacks/piper/tiny/tiny.onnx");
    WorkerException thrown =
        assertThrows(
            WorkerException.class, () -> SpectralPartitioner.partition(piper, ByteWeights.SIGNED));
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains("no input \"ids\""), thrown.getMessage());
  }

  private void refused(String reason, UnaryOperator<GraphProto> change) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(TINY));
    Path file = folder.resolve("tiny.onnx");
    Files.write(
        file, model.toBuilder().setGraph(change.apply(model.getGraph())).build().toByteArray());
    WorkerException thrown =
        assertThrows(
            WorkerException.class,
            () -> SpectralPartitioner.partition(file, ByteWeights.SIGNED),
            reason);
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
  }

  private static GraphProto renamedInput(GraphProto graph) {
    return graph.toBuilder().setInput(1, graph.getInput(1).toBuilder().setName("pace")).build();
  }

  private static GraphProto retyped(GraphProto graph, String from, String to) {
    GraphProto.Builder changed = graph.toBuilder();
    for (int i = 0; i < graph.getNodeCount(); i++) {
      NodeProto node = graph.getNode(i);
      if (node.getOpType().equals(from)) {
        changed.setNode(i, node.toBuilder().setOpType(to));
      }
    }
    return changed.build();
  }
}
