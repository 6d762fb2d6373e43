package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.ttsworker.engine.graph.proto.AttributeProto;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.graph.proto.TensorProto;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the graph, a model is cut, called uncuttable, or refused.
final class GraphPartitionerFuzzTest {
  private static final Path TINY = Path.of("src/test/resources/voicepacks/piper/tiny/tiny.onnx");
  private static final int ORDINARY = 300;
  private static final List<String> TOKENS =
      List.of("\n", "\0", "Conv", "RandomNormalLike", "/dec/");
  private static final List<String> TYPES =
      List.of(
          "Conv", "ConvTranspose", "If", "Loop", "RandomNormalLike", "Slice", "Add", "Ceil", "");

  @TempDir Path folder;
  private int cut;
  private int uncuttable;
  private int refused;

  @Test
  void bytes() throws IOException {
    byte[] valid = Files.readAllBytes(TINY);
    Path file = folder.resolve("v.onnx");
    for (int round = Fuzz.from(); round < end(); round++) {
      Files.write(file, Fuzz.mutate(valid, TOKENS, Fuzz.random(Fuzz.seed(), round)));
      run(round, () -> GraphPartitioner.partition(file));
    }
    report("bytes");
  }

  @Test
  void graphs() throws IOException {
    ModelProto valid = ModelProto.parseFrom(Files.readAllBytes(TINY));
    for (int round = Fuzz.from(); round < end(); round++) {
      ModelProto mutant = mutate(valid, Fuzz.random(Fuzz.seed(), round));
      run(round, () -> GraphPartitioner.partition(mutant));
    }
    report("graphs");
    assertTrue(cut > 0 && uncuttable > 0, cut + " cut, " + uncuttable + " uncuttable");
  }

  private static int end() {
    return Fuzz.from() + Fuzz.inputs(ORDINARY);
  }

  private interface Cut {
    PartitionResult run();
  }

  private void run(int round, Cut work) {
    try {
      switch (work.run()) {
        case PartitionedGraphs _ -> cut++;
        case PartitionResult.Unpartitionable _ -> uncuttable++;
      }
    } catch (UnpartitionableGraphException e) {
      uncuttable++;
    } catch (WorkerException e) {
      refused++;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail(Fuzz.where(round), e);
    }
  }

  private void report(String what) {
    System.out.printf("%s: %,d cut, %,d uncuttable, %,d refused%n", what, cut, uncuttable, refused);
  }

  private static ModelProto mutate(ModelProto valid, RandomGenerator random) {
    ModelProto.Builder model = valid.toBuilder();
    for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
      GraphProto.Builder graph = model.getGraphBuilder();
      int at = random.nextInt(graph.getNodeCount());
      switch (random.nextInt(8)) {
        case 0 -> graph.removeNode(at);
        case 1 -> graph.addNode(graph.getNode(at));
        case 2 -> graph.getNodeBuilder(at).setOpType(TYPES.get(random.nextInt(TYPES.size())));
        case 3 -> rewire(graph, at, random);
        case 4 -> graph.getNodeBuilder(at).clearInput();
        case 5 -> graph.getNodeBuilder(at).clearOutput();
        case 6 -> number(graph.getNodeBuilder(at), random);
        default -> reshape(graph, random);
      }
    }
    return model.build();
  }

  /// An input becomes some other tensor, perhaps one that is made later.
  private static void rewire(GraphProto.Builder graph, int at, RandomGenerator random) {
    NodeProto.Builder node = graph.getNodeBuilder(at);
    NodeProto other = graph.getNode(random.nextInt(graph.getNodeCount()));
    if (node.getInputCount() > 0 && other.getOutputCount() > 0) {
      node.setInput(random.nextInt(node.getInputCount()), other.getOutput(0));
    }
  }

  private static void number(NodeProto.Builder node, RandomGenerator random) {
    if (node.getAttributeCount() > 0) {
      AttributeProto.Builder attribute =
          node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
      attribute.setI(random.nextLong());
      if (attribute.getIntsCount() > 0) {
        attribute.setInts(random.nextInt(attribute.getIntsCount()), random.nextLong(-3, 1L << 40));
        if (random.nextBoolean()) {
          attribute.clearInts();
        }
      }
    }
  }

  private static void reshape(GraphProto.Builder graph, RandomGenerator random) {
    TensorProto.Builder weight =
        graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    if (weight.getDimsCount() > 0) {
      weight.setDims(random.nextInt(weight.getDimsCount()), random.nextLong(-1, 1L << 40));
    } else {
      weight.addDims(random.nextLong());
    }
  }
}
