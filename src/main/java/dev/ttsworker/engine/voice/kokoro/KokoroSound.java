package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.sentence.IdBorders;
import dev.ttsworker.engine.voice.sentence.SentenceIds;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import dev.ttsworker.engine.voice.sentence.TextRun;

/// Audio of one sentence: the whole in one step, a long one part by part, each spoken like a
/// sentence, with the silence at its ends shortened to what lies between two words or clauses.
final class KokoroSound implements SentenceSound {
  /// Silence that is kept at the ends, so that pauses between sentences are the worker's.
  private static final int EDGE_MILLIS = 20;

  /// Silence behind a part that ends with a mark that makes a pause.
  private static final int CLAUSE_MILLIS = 150;

  private final KokoroModel model;
  private final KokoroSpeakers speakers;
  private final KokoroRequest request;
  private final SentenceIds sentence;
  private final IdBorders borders;
  private int done;

  KokoroSound(KokoroModel model, KokoroSpeakers speakers, KokoroRequest request) {
    this.model = model;
    this.speakers = speakers;
    this.request = request;
    this.sentence = request.sentence();
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
    long[] ids = sentence.marked(run);
    int phonemes =
        Math.min(run.keepTo(), sentence.end()) - Math.max(run.keepFrom(), sentence.start());
    float[] style = speakers.style(request.shares(), phonemes);
    SpokenRun spoken = new SpokenRun(model.speak(ids, style, request.speed(), pace, cancel));
    boolean last = done == sentence.runs().size() - 1;
    spoken.trim(EDGE_MILLIS, !last && run.clause() ? CLAUSE_MILLIS : EDGE_MILLIS);
    int before = run.keepFrom() == 0 ? 0 : sentence.start();
    for (int i = 0; i < run.kept(); i++) {
      long pause = request.pauses().at(sentence.marks()[run.keepFrom() + i]);
      if (pause > 0) {
        spoken.pause(before + i, Math.toIntExact(pause));
      }
    }
    addBorders(spoken, before, run.kept(), ids.length);
    done++;
    return spoken.samples();
  }

  /// Marks that only the run has belong to what is beside them.
  private void addBorders(SpokenRun spoken, int before, int kept, int count) {
    for (int i = 0; i < kept; i++) {
      int length = spoken.length(before + i);
      for (int extra = 0; i == 0 && extra < before; extra++) {
        length += spoken.length(extra);
      }
      for (int extra = before + kept; i == kept - 1 && extra < count; extra++) {
        length += spoken.length(extra);
      }
      borders.add(length);
    }
  }

  @Override
  public int knownIds() {
    return borders.known();
  }

  @Override
  public long border(int id) {
    return borders.at(id);
  }

  @Override
  public boolean hasExactBorders() {
    return true;
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
