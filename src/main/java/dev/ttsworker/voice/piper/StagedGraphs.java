package dev.ttsworker.voice.piper;

import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.FloatTensor;
import dev.ttsworker.inference.Graph;
import dev.ttsworker.inference.LongTensor;
import dev.ttsworker.inference.Tensor;
import dev.ttsworker.onnx.CutNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// The three stages of a cut voice.
final class StagedGraphs implements PiperGraphs {
  private final CutNames names;
  private final int decoderContext;
  private final Graph text;
  private final Set<String> textInputs;
  private final Graph flow;
  private final Graph decoder;

  private StagedGraphs(CutNames names, int decoderContext, List<Graph> stages) {
    this.names = names;
    this.decoderContext = decoderContext;
    this.text = stages.get(0);
    this.textInputs = text.inputNames();
    this.flow = stages.get(1);
    this.decoder = stages.get(2);
  }

  /// Opens the three files; those already open are closed again when one fails.
  ///
  /// @param decoderContext frames that the decoder needs on each side of a window
  /// @param onCpu opens the text stage, whose shapes change with every sentence
  /// @param onDevice opens flow and decoder
  static StagedGraphs open(
      CutFiles files,
      int decoderContext,
      Function<Path, Graph> onCpu,
      Function<Path, Graph> onDevice) {
    List<Graph> stages = new ArrayList<>();
    boolean complete = false;
    try {
      stages.add(onCpu.apply(files.text()));
      stages.add(onDevice.apply(files.flow()));
      stages.add(onDevice.apply(files.decoder()));
      complete = true;
      return new StagedGraphs(files.names(), decoderContext, stages);
    } finally {
      if (!complete) {
        stages.forEach(Graph::close);
      }
    }
  }

  @Override
  public SentenceSound begin(SentenceOrder order) {
    return new StagedSound(this, order);
  }

  @Override
  public boolean streams() {
    return true;
  }

  int decoderContext() {
    return decoderContext;
  }

  /// What the text stage says of a sentence; arrays are row-major, P phonemes wide.
  ///
  /// @param mean C · P
  /// @param logScale C · P
  /// @param durations P whole numbers of frames
  /// @param conditions inputs of later stages, by name
  @SuppressWarnings("ArrayRecordComponent") // Read by one sentence; never compared.
  record TextResult(
      float[] mean, float[] logScale, float[] durations, Map<String, Tensor> conditions) {}

  /// Reads a sentence: what each phoneme sounds like and for how long.
  ///
  /// @param durationNoise 2 · P standard normal numbers, used if the voice's durations are random
  TextResult runText(SentenceOrder order, float[] durationNoise, CancelSignal cancel) {
    int phonemes = order.ids().length;
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(names.phonemes(), new LongTensor(order.ids(), 1, phonemes));
    inputs.put(names.lengths(), new LongTensor(new long[] {phonemes}, 1));
    inputs.put(names.scales(), new FloatTensor(order.scales(), 3));
    names
        .speaker()
        .ifPresent(name -> inputs.put(name, new LongTensor(new long[] {order.speaker()}, 1)));
    names
        .durationNoise()
        .ifPresent(name -> inputs.put(name, new FloatTensor(durationNoise, 1, 2, phonemes)));
    inputs.keySet().retainAll(textInputs);
    Set<String> wanted = new HashSet<>(names.flowConditions());
    wanted.addAll(names.decoderConditions());
    Map<String, Tensor> conditions = new HashMap<>();
    Set<String> outputs = new HashSet<>(wanted);
    outputs.addAll(List.of(names.mean(), names.logScale(), names.durations()));
    Map<String, FloatTensor> made = text.run(inputs, outputs, cancel);
    wanted.forEach(name -> conditions.put(name, values(made, name)));
    return new TextResult(
        values(made, names.mean()).values(),
        values(made, names.logScale()).values(),
        values(made, names.durations()).values(),
        conditions);
  }

  private static FloatTensor values(Map<String, FloatTensor> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name));
  }

  /// Noisy latent to latent.
  ///
  /// @param noisyLatent C · `frames`
  /// @return latent, C · `frames`
  float[] runFlow(
      float[] noisyLatent, int frames, Map<String, Tensor> conditions, CancelSignal cancel) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(names.noisyLatent(), latent(noisyLatent, frames));
    names.mask().ifPresent(name -> inputs.put(name, new FloatTensor(ones(frames), 1, 1, frames)));
    names.flowConditions().forEach(name -> inputs.put(name, condition(conditions, name)));
    return flow.run(inputs, names.latent(), cancel).values();
  }

  /// Latent to samples.
  ///
  /// @param latent C · `frames`
  /// @return hop · `frames` samples
  float[] runDecoder(
      float[] latent, int frames, Map<String, Tensor> conditions, CancelSignal cancel) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put(names.latent(), latent(latent, frames));
    names.decoderConditions().forEach(name -> inputs.put(name, condition(conditions, name)));
    return decoder.run(inputs, names.audio(), cancel).values();
  }

  private static FloatTensor latent(float[] values, int frames) {
    return new FloatTensor(values, 1, values.length / frames, frames);
  }

  private static Tensor condition(Map<String, Tensor> conditions, String name) {
    return Objects.requireNonNull(conditions.get(name));
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1f);
    return ones;
  }

  @Override
  public void close() {
    text.close();
    flow.close();
    decoder.close();
  }
}
