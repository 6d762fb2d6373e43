package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.graph.GraphPart;
import dev.ttsworker.engine.graph.PartitionInterface;
import dev.ttsworker.engine.graph.PartitionInterface.ContextFrames;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.runtime.gpu.Accelerators;
import dev.ttsworker.engine.runtime.gpu.StageSpec;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import dev.ttsworker.engine.voice.sentence.TextRun;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Partitioned VITS model: text encoder, flow, and head and tail of the decoder.
final class PartitionedModel implements PiperGraphs {
  private final PartitionInterface names;
  private final ContextFrames contexts;
  private final Graph text;
  private final Set<String> textInputs;
  private final PartitionRunner flow;
  private final Optional<Graph> urgentText;
  private final Optional<PartitionRunner> urgentFlow;
  private final PartitionRunner head;
  private final PartitionRunner tail;
  private Optional<PartitionFiles> kept = Optional.empty();

  private PartitionedModel(
      PartitionInterface names,
      ContextFrames contexts,
      Map<GraphPart, Graph> stages,
      Map<GraphPart, Graph> urgent) {
    this.names = names;
    this.contexts = contexts;
    this.text = graph(stages, GraphPart.TEXT);
    this.textInputs = text.inputNames();
    PartitionRunner.Names flowNames =
        new PartitionRunner.Names(
            names.priorSample(), names.mask(), names.flowConditions(), names.latent());
    this.flow = new PartitionRunner(graph(stages, GraphPart.FLOW), flowNames);
    this.urgentText = Optional.ofNullable(urgent.get(GraphPart.TEXT));
    this.urgentFlow =
        Optional.ofNullable(urgent.get(GraphPart.FLOW))
            .map(graph -> new PartitionRunner(graph, flowNames));
    this.head =
        new PartitionRunner(
            graph(stages, GraphPart.HEAD),
            new PartitionRunner.Names(
                names.latent(), Optional.empty(), names.headConditions(), names.features()));
    this.tail =
        new PartitionRunner(
            graph(stages, GraphPart.TAIL),
            new PartitionRunner.Names(
                names.features(), Optional.empty(), names.tailConditions(), names.audio()));
  }

  private static Graph graph(Map<GraphPart, Graph> stages, GraphPart stage) {
    return Objects.requireNonNull(stages.get(stage));
  }

  /// Opens the files; those already open are closed again when one fails.
  ///
  /// @param contexts what windows are computed with; [PartitionInterface#contextFrames] where they
  ///   are to be exact
  static PartitionedModel open(PartitionFiles files, ContextFrames contexts, Openers openers) {
    Map<GraphPart, Graph> stages = new EnumMap<>(GraphPart.class);
    Map<GraphPart, Graph> urgent = new EnumMap<>(GraphPart.class);
    boolean complete = false;
    try {
      for (GraphPart stage : GraphPart.values()) {
        stages.put(stage, openers.ordinary().apply(files.file(stage)));
      }
      for (Map.Entry<GraphPart, Function<Path, Graph>> opener : openers.urgent().entrySet()) {
        urgent.put(opener.getKey(), opener.getValue().apply(files.file(opener.getKey())));
      }
      complete = true;
      return new PartitionedModel(files.names(), contexts, stages, urgent);
    } finally {
      if (!complete) {
        stages.values().forEach(Graph::close);
        urgent.values().forEach(Graph::close);
      }
    }
  }

  /// How the stages come into memory.
  ///
  /// @param ordinary opens every stage
  /// @param urgent opens stages once more, to run on several threads for the first sound
  record Openers(Function<Path, Graph> ordinary, Map<GraphPart, Function<Path, Graph>> urgent) {
    Openers {
      urgent = Map.copyOf(urgent);
    }
  }

  /// Closes the files when this is closed.
  void keep(PartitionFiles files) {
    kept = Optional.of(files);
  }

  /// Has windows computed on accelerators too. What these must know of the shapes is learned from a
  /// sentence spoken on the CPU.
  ///
  /// @throws dev.ttsworker.error.WorkerException when an accelerator cannot load or run a stage;
  ///   the caller then closes this
  void accelerate(Accelerators accelerators, PartitionFiles files, SentenceRequest order) {
    CancellationToken never = new CancellationToken();
    SentenceSound sound = begin(order);
    while (!sound.isFinished()) {
      float[] _ = sound.step(Pace.of(Rendering.LARGEST_WINDOW_FRAMES), never);
    }
    accelerate(GraphPart.FLOW, flow, accelerators, files);
    accelerate(GraphPart.HEAD, head, accelerators, files);
    accelerate(GraphPart.TAIL, tail, accelerators, files);
  }

  private void accelerate(
      GraphPart stage, PartitionRunner graph, Accelerators accelerators, PartitionFiles files) {
    StageSpec spec = graph.spec(stage, DeviceWidths.of(stage, contexts));
    graph.add(accelerators.open(spec, files.file(stage)));
  }

  @Override
  public SentenceSound begin(SentenceRequest order) {
    return new StreamingDecoder(this, order);
  }

  @Override
  public boolean streams() {
    return true;
  }

  ContextFrames contexts() {
    return contexts;
  }

  PartitionRunner flow(Pace pace) {
    return pace.threads() > 1 ? urgentFlow.orElse(flow) : flow;
  }

  private Graph text(Pace pace) {
    return pace.threads() > 1 ? urgentText.orElse(text) : text;
  }

  PartitionRunner head() {
    return head;
  }

  PartitionRunner tail() {
    return tail;
  }

  /// What the text stage says of a run; arrays are row-major, P phoneme numbers wide.
  ///
  /// @param mean C · P
  /// @param logScale C · P
  /// @param durations P whole numbers of frames
  /// @param conditions inputs of later stages, by name
  @SuppressWarnings("ArrayRecordComponent") // Read by one sentence; never compared.
  record TextResult(
      float[] mean, float[] logScale, float[] durations, Map<String, Tensor> conditions) {}

  /// Reads a part of a sentence: what each phoneme sounds like and for how long.
  ///
  /// @param durationNoise two standard normal numbers for each phoneme number of the sentence,
  ///   first all first ones; used if the voice's durations are random
  TextResult runText(
      SentenceRequest order,
      TextRun run,
      float[] durationNoise,
      Pace pace,
      CancellationToken cancel) {
    int phonemes = run.length();
    long[] ids = Arrays.copyOfRange(order.ids(), run.from(), run.to());
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(names.phonemes(), new LongTensor(ids, 1, phonemes));
    inputs.put(names.lengths(), new LongTensor(new long[] {phonemes}, 1));
    inputs.put(names.scales(), new FloatTensor(order.scales(), 3));
    names
        .speaker()
        .ifPresent(name -> inputs.put(name, new LongTensor(new long[] {order.speaker()}, 1)));
    names
        .durationNoise()
        .ifPresent(
            name -> inputs.put(name, new FloatTensor(part(durationNoise, run), 1, 2, phonemes)));
    inputs.keySet().retainAll(textInputs);
    Set<String> wanted = new HashSet<>(names.flowConditions());
    wanted.addAll(names.headConditions());
    wanted.addAll(names.tailConditions());
    Map<String, Tensor> conditions = new HashMap<>();
    Set<String> outputs = new HashSet<>(wanted);
    outputs.addAll(List.of(names.mean(), names.logScale(), names.durations()));
    Map<String, FloatTensor> made = text(pace).run(inputs, outputs, cancel);
    wanted.forEach(name -> conditions.put(name, values(made, name)));
    return new TextResult(
        values(made, names.mean()).values(),
        values(made, names.logScale()).values(),
        values(made, names.durations()).values(),
        conditions);
  }

  /// Both rows of a run's columns.
  private static float[] part(float[] noise, TextRun run) {
    float[] part = new float[2 * run.length()];
    System.arraycopy(noise, run.from(), part, 0, run.length());
    System.arraycopy(noise, noise.length / 2 + run.from(), part, run.length(), run.length());
    return part;
  }

  private static FloatTensor values(Map<String, FloatTensor> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name));
  }

  @Override
  public void close() {
    text.close();
    urgentText.ifPresent(Graph::close);
    flow.close();
    urgentFlow.ifPresent(PartitionRunner::close);
    head.close();
    tail.close();
    kept.ifPresent(PartitionFiles::close);
  }
}
