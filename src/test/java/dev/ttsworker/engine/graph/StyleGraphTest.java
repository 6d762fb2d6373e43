package dev.ttsworker.engine.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.proto.GraphProto;
import dev.ttsworker.engine.graph.proto.ModelProto;
import dev.ttsworker.engine.graph.proto.NodeProto;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.voice.Renderings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tiny voices `tiny` and `tiny-float` have the same weights.
final class StyleGraphTest {
  private static final Path VOICES = Path.of("src/test/resources/voicepacks/kokoro");
  private static final Path TINY = VOICES.resolve("tiny/tiny.onnx");
  private static final Path FLOAT = VOICES.resolve("tiny-float/tiny.onnx");
  private static final long[] IDS = {0, 20, 30, 25, 40, 1, 33, 44, 20, 0};

  @TempDir Path folder;

  private final InferenceRuntime runtime = Runtimes.cpu(2);

  @SuppressWarnings("ArrayRecordComponent") // compared element by element
  private record Made(float[] audio, float[] durations) {}

  @Test
  void bothExportsAreFound() {
    assertEquals(
        new StyleInterface("tokens", "style", "speed", "audio"), StyleGraph.read(TINY).names());
    assertEquals(
        new StyleInterface("input_ids", "style", "speed", "waveform"),
        StyleGraph.read(FLOAT).names());
  }

  @Test
  void quantizedGraphBecomesTheGraphOfFloats() throws IOException {
    Made quantized = run(TINY, 1);
    Made floats = run(FLOAT, 1);
    assertArrayEquals(floats.durations, quantized.durations);
    assertTrue(Renderings.difference(floats.audio, quantized.audio) < 1e-5);
    float sum = 0;
    for (float duration : floats.durations) {
      sum += duration;
    }
    assertEquals(600 * sum, floats.audio.length);
  }

  /// What rounding each operand to a byte costs, and no more.
  @Test
  void soundsLikeTheQuantizedGraph() throws IOException {
    float[] expected = run(runtime.loadOnCpu(TINY), StyleGraph.read(TINY).names(), 1, "audio");
    float[] made = run(TINY, 1).audio;
    assertEquals(expected.length, made.length);
    double power = 0;
    double error = 0;
    for (int i = 0; i < made.length; i++) {
      power += expected[i] * expected[i];
      error += (made[i] - expected[i]) * (made[i] - expected[i]);
    }
    double below = 10 * Math.log10(power / error);
    assertTrue(below > 20 && below < 80, below + " dB");
  }

  @Test
  void sameEachTimeThoughTheModelDrawsNumbers() throws IOException {
    assertArrayEquals(run(FLOAT, 1).audio, run(FLOAT, 1).audio);
    assertTrue(run(FLOAT, 2).audio.length < 0.7 * run(FLOAT, 1).audio.length);
  }

  @Test
  void nothingIsQuantizedAnyMore() throws IOException {
    Path file = folder.resolve("made.onnx");
    StyleGraph.read(TINY).write(file);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    List<String> types =
        model.getGraph().getNodeList().stream().map(NodeProto::getOpType).distinct().toList();
    for (String type : types) {
      assertTrue(!type.contains("Integer") && !type.contains("Dynamic"), types::toString);
    }
    assertTrue(types.containsAll(List.of("LSTM", "MatMul", "Conv")), types::toString);
  }

  @Test
  void durationsAreFoundByTheUsualNameToo() throws IOException {
    Path file = changed(TINY, graph -> retyped(graph, "Round", "Ceil"));
    assertEquals("audio", StyleGraph.read(file).names().audio());
  }

  @Test
  void anotherGraphIsRefusedWithTheReason() throws IOException {
    refused(
        "it takes [input, input_lengths, scales] and gives [output]; allowed: tokens or input_ids",
        Path.of("src/test/resources/voicepacks/piper/tiny/tiny.onnx"));
    refused(
        "tiny.onnx is no graph of a Kokoro voice",
        Path.of("src/test/resources/voicepacks/hibari/tiny/tiny.onnx"));
    refused(
        "it has 0 Clip nodes of rounded durations",
        changed(
            TINY,
            graph -> renamed(retyped(graph, "Round", "Ceil"), "/encoder/Clip_output_0", "other")));
    refused(
        "is a RandomNormal; allowed: RandomNormalLike, RandomUniformLike",
        changed(FLOAT, graph -> retyped(graph, "RandomNormalLike", "RandomNormal")));
    refused(
        "(MatMulInteger) has another form",
        changed(TINY, graph -> retyped(graph, "DynamicQuantizeLinear", "Identity")));
    refused(
        "has another form than that of dynamic quantization",
        changed(TINY, graph -> retyped(graph, "Floor", "Ceil")));
  }

  private void refused(String reason, Path model) {
    WorkerException thrown = assertThrows(WorkerException.class, () -> StyleGraph.read(model));
    assertEquals(ErrorCode.INVALID_VOICEPACK, thrown.code());
    assertTrue(thrown.getMessage().contains(reason), thrown.getMessage());
  }

  private Path changed(Path model, UnaryOperator<GraphProto> change) throws IOException {
    ModelProto source = ModelProto.parseFrom(Files.readAllBytes(model));
    Path file = folder.resolve("changed.onnx");
    Files.write(
        file, source.toBuilder().setGraph(change.apply(source.getGraph())).build().toByteArray());
    return file;
  }

  private static GraphProto retyped(GraphProto graph, String type, String other) {
    GraphProto.Builder changed = graph.toBuilder();
    changed.getNodeBuilderList().stream()
        .filter(node -> node.getOpType().equals(type))
        .forEach(node -> node.setOpType(other));
    return changed.build();
  }

  private static GraphProto renamed(GraphProto graph, String tensor, String other) {
    GraphProto.Builder changed = graph.toBuilder();
    for (NodeProto.Builder node : changed.getNodeBuilderList()) {
      for (int i = 0; i < node.getInputCount(); i++) {
        node.setInput(i, node.getInput(i).equals(tensor) ? other : node.getInput(i));
      }
      for (int i = 0; i < node.getOutputCount(); i++) {
        node.setOutput(i, node.getOutput(i).equals(tensor) ? other : node.getOutput(i));
      }
    }
    return changed.build();
  }

  private Made run(Path model, float speed) throws IOException {
    StyleGraph graph = StyleGraph.read(model);
    Path file = folder.resolve("made.onnx");
    graph.write(file);
    StyleInterface names = graph.names();
    return new Made(
        run(runtime.loadOnCpu(file), names, speed, names.audio()),
        run(runtime.loadOnCpu(file), names, speed, StyleInterface.DURATIONS));
  }

  private static float[] run(Graph graph, StyleInterface names, float speed, String output) {
    float[] style = new float[256];
    Arrays.fill(style, 0.1f);
    try (graph) {
      return Objects.requireNonNull(
              graph
                  .run(
                      Map.of(
                          names.phonemes(),
                          new LongTensor(IDS, 1, IDS.length),
                          names.style(),
                          new FloatTensor(style, 1, 256),
                          names.speed(),
                          new FloatTensor(new float[] {speed}, 1)),
                      Set.of(output),
                      new CancellationToken())
                  .get(output))
          .values();
    }
  }
}
