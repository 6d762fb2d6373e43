package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.runtime.FrameSlice;
import dev.ttsworker.engine.voice.piper.PartitionedModel.TextResult;
import dev.ttsworker.engine.voice.sentence.FrameBuffer;
import dev.ttsworker.engine.voice.sentence.IdBorders;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.engine.voice.sentence.TextRun;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;

/// Prior sampling (z_p) of one sentence: each phoneme's mean and noise, repeated by its duration
/// (length regulator). Drawn frame after frame from the front, so that the numbers do not depend on
/// how windows are cut. What the text stage said of a part is kept until its frames are drawn. Not
/// thread-safe.
final class PriorSampler {
  /// About twelve minutes for one run of the text stage: more can only be a broken voice.
  private static final int MOST_FRAMES = 1 << 16;

  private final float noiseScale;
  private final RandomGenerator noise;
  private final IdBorders borders;
  private final FrameBuffer columns;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final int count;
  private int frames;

  /// What the text stage said of a part of the sentence.
  ///
  /// @param width columns of mean and deviation
  /// @param columnOfFrame for each frame of the part the column that it repeats
  /// @param start frames of the sentence before the part
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(float[] mean, float[] deviation, int width, int[] columnOfFrame, int start) {
    int end() {
      return start + columnOfFrame.length;
    }
  }

  /// @param channels rows of mean and deviation
  /// @param count phoneme numbers of the sentence
  PriorSampler(int channels, int count, float noiseScale, RandomGenerator noise) {
    this.columns = new FrameBuffer(channels);
    this.borders = new IdBorders(count);
    this.count = count;
    this.noiseScale = noiseScale;
    this.noise = noise;
  }

  /// Takes what the text stage said of the sentence's next part.
  ///
  /// @param addedFrames by how many frames a number of the sentence lasts longer than was said
  void add(TextResult text, TextRun run, IntUnaryOperator addedFrames) {
    int[] columnOfFrame = spread(Samples.finite("duration", text.durations()), run, addedFrames);
    parts.add(
        new Part(
            Samples.finite("mean", text.mean()),
            deviation(text.logScale(), noiseScale),
            run.length(),
            columnOfFrame,
            frames));
    frames = Math.addExact(frames, columnOfFrame.length);
  }

  private int[] spread(float[] durations, TextRun run, IntUnaryOperator addedFrames) {
    double[] lengths = new double[run.kept()];
    double total = 0;
    for (int i = 0; i < lengths.length; i++) {
      int id = run.keepFrom() + i;
      double said = Math.max(0, Math.rint(durations[id - run.from()]));
      lengths[i] = said + addedFrames.applyAsInt(id);
      total += lengths[i];
    }
    if (total > MOST_FRAMES) {
      throw new WorkerException(
          ErrorCode.INFERENCE_FAILED,
          "The voice needs %.0f frames for %d phoneme numbers, at most %d are allowed"
              .formatted(total, run.kept(), MOST_FRAMES));
    }
    int[] columnOfFrame = new int[(int) total];
    int frame = 0;
    for (int i = 0; i < lengths.length; i++) {
      int end = frame + (int) lengths[i];
      Arrays.fill(columnOfFrame, frame, end, run.keepFrom() - run.from() + i);
      borders.add(end - frame);
      frame = end;
    }
    return columnOfFrame;
  }

  private static float[] deviation(float[] logScale, float noiseScale) {
    float[] deviation = new float[logScale.length];
    for (int i = 0; i < logScale.length; i++) {
      deviation[i] = noiseScale == 0 ? 0 : (float) Math.exp(logScale[i]) * noiseScale;
    }
    return deviation;
  }

  /// Whether all of the sentence is known.
  boolean isComplete() {
    return borders.known() == count;
  }

  /// Frames of what is known of the sentence.
  int frames() {
    return frames;
  }

  /// Where each phoneme number begins, in frames.
  IdBorders borders() {
    return borders;
  }

  /// Parts that are known and not wholly drawn.
  int partsAhead() {
    return parts.size();
  }

  int channels() {
    return columns.rows();
  }

  /// The frames `from`..`to`, which must be known; those before `from` are not asked for again.
  FrameSlice tensor(int from, int to) {
    columns.forgetBefore(from);
    draw(to);
    return columns.tensor(from, to);
  }

  private void draw(int end) {
    int frame = columns.end();
    columns.grow(Math.max(0, end - frame));
    for (; frame < end; frame++) {
      while (frame >= parts.element().end()) {
        parts.remove();
      }
      Part part = parts.element();
      int column = part.columnOfFrame()[frame - part.start()];
      for (int channel = 0; channel < columns.rows(); channel++) {
        int source = channel * part.width() + column;
        columns.set(
            channel,
            frame,
            part.mean()[source] + (float) noise.nextGaussian() * part.deviation()[source]);
      }
    }
  }
}
