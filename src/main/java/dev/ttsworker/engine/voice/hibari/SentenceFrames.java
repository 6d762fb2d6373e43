package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.voice.hibari.HibariModel.TextResult;
import dev.ttsworker.engine.voice.sentence.FrameBuffer;
import dev.ttsworker.engine.voice.sentence.IdBorders;
import dev.ttsworker.engine.voice.sentence.TextRun;

/// Frames of a sentence as the text stage gives them, run after run: the decoder's input, the
/// pitch, and where each phoneme number begins; with the frames of added pauses. Not thread-safe.
final class SentenceFrames {
  /// Added to the rows of the decoder input.
  private static final int PITCH_ROWS = 1;

  private final HibariRequest request;
  private final int rows;
  private final FrameBuffer columns;
  private final IdBorders borders;
  private final SpeechBounds bounds = new SpeechBounds();

  /// @param rows of the decoder input
  SentenceFrames(HibariRequest request, int rows) {
    this.request = request;
    this.rows = rows;
    this.columns = new FrameBuffer(rows + PITCH_ROWS);
    this.borders = new IdBorders(request.sentence().count());
  }

  /// How many are known.
  int count() {
    return columns.end();
  }

  boolean isComplete() {
    return borders.known() == request.sentence().count();
  }

  IdBorders borders() {
    return borders;
  }

  SpeechBounds bounds() {
    return bounds;
  }

  /// Adds what a run keeps.
  void add(TextResult text, TextRun run) {
    int start = count();
    int width = text.pitch().length;
    columns.reserve(kept(text, run));
    int column = 0;
    for (int i = 0; i < text.frames().length; i++) {
      int id = run.from() + i;
      int frames = text.frames()[i];
      if (id >= run.keepFrom() && id < run.keepTo()) {
        append(text, width, column, frames, added(id));
      }
      column += frames;
    }
    float[] energies = new float[count() - start];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = columns.get(rows - 1, start + i);
    }
    bounds.add(start, energies);
  }

  /// Frames of all numbers that a run keeps, with those of added pauses.
  private int kept(TextResult text, TextRun run) {
    int sum = 0;
    for (int id = run.keepFrom(); id < run.keepTo(); id++) {
      sum += text.frames()[id - run.from()] + added(id);
    }
    return sum;
  }

  /// By how many frames a number of the sentence lasts longer than the voice makes it.
  private int added(int id) {
    double samples = request.pauses().at(request.sentence().marks()[id]);
    return (int) Math.rint(samples / SpectralFrames.HOP);
  }

  /// Appends the frames of a number, the quietest of them repeated for an added pause.
  private void append(TextResult text, int width, int column, int frames, int added) {
    int quietest = column;
    for (int i = column; i < column + frames; i++) {
      if (text.columns()[(rows - 1) * width + i] <= text.columns()[(rows - 1) * width + quietest]) {
        quietest = i;
      }
    }
    int at = count();
    columns.grow(frames + added);
    for (int i = 0; i < frames + added; i++) {
      int beyond = Math.clamp(i - (quietest - column), 0, added);
      int from = column + i - beyond;
      for (int row = 0; row < rows; row++) {
        columns.set(row, at + i, text.columns()[row * width + from]);
      }
      columns.set(rows, at + i, text.pitch()[from]);
    }
    borders.add(frames + added);
  }

  /// Input of the decoder.
  FrameSlice decoderInput(int from, int to) {
    FrameSlice all = columns.tensor(from, to);
    return new FrameSlice(all.matrix(), rows, all.stride(), all.from(), all.to());
  }

  /// Pitch of a frame in Hz; beyond the ends that of the nearest one.
  double pitch(int frame) {
    return columns.get(rows, Math.clamp(frame, 0, count() - 1));
  }

  /// Frames before this one are not asked for again.
  void forgetBefore(int frame) {
    columns.forgetBefore(frame);
  }
}
