package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.runtime.FloatTensor;
import dev.ttsworker.engine.runtime.Graph;
import dev.ttsworker.engine.runtime.LongTensor;
import dev.ttsworker.engine.runtime.Tensor;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.sentence.IdBorders;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import dev.ttsworker.engine.voice.sentence.SilenceTrimmer;
import dev.ttsworker.engine.voice.sentence.TextRun;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Unpartitioned model: a sentence is computed wholly before its audio leaves, a long one part by
/// part. It does not give the durations of its phonemes, so a part is spoken like a sentence, and
/// the silence that it has where the sentence goes on is shortened to what lies between two words
/// or clauses. Its random numbers are drawn inside the graph, so a seed does not repeat a call.
final class WholeGraph implements PiperGraphs {
  private static final Set<String> REQUIRED = Set.of("input", "input_lengths", "scales");
  private static final String SPEAKER = "sid";
  private static final String OUTPUT = "output";

  /// Silence before a part that goes on with a sentence.
  private static final int START_MILLIS = 20;

  /// Silence behind a part that ends between two words.
  private static final int WORD_MILLIS = 20;

  /// Silence behind a part that ends with a mark that makes a pause.
  private static final int CLAUSE_MILLIS = 150;

  private final Graph graph;
  private final int sampleRateHz;
  private final boolean speakers;

  /// Takes the graph over, also when it fails.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when it is no graph of a Piper voice
  WholeGraph(Graph graph, int sampleRateHz) {
    this.sampleRateHz = sampleRateHz;
    Set<String> inputs = graph.inputNames();
    Set<String> outputs = graph.outputNames();
    this.graph = graph;
    this.speakers = inputs.contains(SPEAKER);
    boolean known = inputs.containsAll(REQUIRED) && inputs.size() == (speakers ? 4 : 3);
    if (!known || !outputs.contains(OUTPUT)) {
      graph.close();
      throw new WorkerException(
          ErrorCode.INVALID_VOICEPACK,
          "The model takes %s and gives %s; a Piper voice takes input, input_lengths, scales and perhaps sid, and gives output"
              .formatted(inputs, outputs));
    }
  }

  @Override
  public SentenceSound begin(SentenceRequest order) {
    return new Sound(order);
  }

  @Override
  public boolean streams() {
    return false;
  }

  /// The whole sentence at once, however long it is.
  float[] speak(SentenceRequest order, CancellationToken cancel) {
    return speak(order, order.ids(), cancel);
  }

  private float[] speak(SentenceRequest order, long[] ids, CancellationToken cancel) {
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("input", new LongTensor(ids, 1, ids.length));
    inputs.put("input_lengths", new LongTensor(new long[] {ids.length}, 1));
    inputs.put("scales", new FloatTensor(order.scales(), 3));
    if (speakers) {
      inputs.put(SPEAKER, new LongTensor(new long[] {order.speaker()}, 1));
    }
    return Samples.finite("sample", graph.run(inputs, OUTPUT, cancel).values());
  }

  @Override
  public void close() {
    graph.close();
  }

  private final class Sound implements SentenceSound {
    private final SentenceRequest order;
    private final SentenceIds sentence;
    private final IdBorders borders;
    private int done;

    Sound(SentenceRequest order) {
      this.order = order;
      this.sentence = order.sentence();
      this.borders = new IdBorders(sentence.count());
    }

    @Override
    public boolean isFinished() {
      return done == sentence.runs().size();
    }

    @Override
    public SynthesisStage latestStage() {
      return SynthesisStage.VOCODER;
    }

    @Override
    public float[] step(Pace pace, CancellationToken cancel) {
      TextRun run = sentence.runs().get(done);
      boolean first = done == 0;
      boolean last = done == sentence.runs().size() - 1;
      float[] made = speak(order, sentence.marked(run), cancel);
      if (!(first && last)) {
        int end = run.clause() ? CLAUSE_MILLIS : WORD_MILLIS;
        made =
            SilenceTrimmer.shortened(
                made,
                sampleRateHz,
                first ? SilenceTrimmer.AS_IT_IS : START_MILLIS,
                last ? SilenceTrimmer.AS_IT_IS : end);
      }
      borders.spread(run.kept(), made.length);
      done++;
      return made;
    }

    @Override
    public int knownIds() {
      return borders.known();
    }

    /// The graph does not give them: as if all numbers of a part were equally long.
    @Override
    public long border(int id) {
      return borders.at(id);
    }

    @Override
    public boolean hasExactBorders() {
      return false;
    }

    @Override
    public boolean canReadOn() {
      return false;
    }

    @Override
    public void readOn(Pace pace, CancellationToken cancel) {
      throw new IllegalStateException("The graph reads and speaks at once");
    }
  }
}
