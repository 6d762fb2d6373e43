package dev.ttsworker.voice.piper;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.Rendering;
import dev.ttsworker.voice.RenderingStage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A segment: first read, then its sentences one after the other.
final class PiperRendering implements Rendering {
  private static final float[] NOTHING = {};

  private final PiperGraphs graphs;
  private final PiperReader reader;
  private final String text;
  private final Scales scales;
  private final SplittableRandom seeds;
  private final Deque<SentenceSound> sentences = new ArrayDeque<>();
  private RenderingStage stage = RenderingStage.TEXT;
  private boolean read;

  /// How all sentences of a segment are spoken.
  record Scales(float noiseScale, float lengthScale, float noiseW, int speaker) {}

  PiperRendering(PiperGraphs graphs, PiperReader reader, String text, Scales scales, long seed) {
    this.graphs = graphs;
    this.reader = reader;
    this.text = text;
    this.scales = scales;
    this.seeds = new SplittableRandom(seed);
  }

  @Override
  public boolean isFinished() {
    return read && sentences.isEmpty();
  }

  @Override
  public RenderingStage latestStage() {
    return stage;
  }

  @Override
  public float[] step(Pace pace, CancelSignal cancel) {
    if (cancel.isCancelled()) {
      throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
    }
    stage = RenderingStage.TEXT;
    if (!read) {
      read();
    } else if (sentences.isEmpty()) {
      throw new IllegalStateException("The rendering is finished");
    }
    @Nullable SentenceSound current = sentences.peek();
    if (current == null) {
      return NOTHING;
    }
    float[] samples = current.step(pace, cancel);
    stage = current.latestStage();
    if (current.isFinished()) {
      sentences.remove();
    }
    return samples;
  }

  private void read() {
    for (long[] ids : reader.read(text)) {
      sentences.add(
          graphs.begin(
              new SentenceOrder(
                  ids,
                  scales.noiseScale(),
                  scales.lengthScale(),
                  scales.noiseW(),
                  scales.speaker(),
                  seeds.nextLong())));
    }
    read = true;
  }
}
