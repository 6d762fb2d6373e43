package dev.ttsworker.synthesis;

import dev.ttsworker.audio.SpeechPipeline;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.Scheduler;
import dev.ttsworker.text.Segment;
import dev.ttsworker.text.Speakable;
import dev.ttsworker.voice.Rendering;
import dev.ttsworker.voice.Voice;
import dev.ttsworker.voice.VoiceDescription;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One call's way from segments to frames; its audio runs on without a gap over all segments. Not
/// thread-safe.
final class Utterance {
  private static final String NOISE_ALGORITHM = "L64X128MixRandom";
  private static final int SILENT_SAMPLES = 64;

  private final Scheduler scheduler;
  private final SpeechOrder order;
  private final FrameSink sink;
  private final CancelSignal cancel;
  private final SpeechPipeline pipeline;
  private final RandomGenerator noise;
  private final WindowPlan windows = new WindowPlan();
  private long frames;
  private long computingNanos;
  private boolean unspeakable;

  Utterance(
      Scheduler scheduler,
      OutputLevel level,
      SpeechOrder order,
      FrameSink sink,
      CancelSignal cancel) {
    this.scheduler = scheduler;
    this.order = order;
    this.sink = sink;
    this.cancel = cancel;
    Voice voice = order.voice();
    double gainDb = (level.normalized() ? voice.gainDb() : 0) + order.volumeDb();
    this.pipeline =
        new SpeechPipeline(voice.description().sampleRateHz(), gainDb, level.ceilingDb());
    this.noise = RandomGeneratorFactory.of(NOISE_ALGORITHM).create(order.seed());
  }

  /// Speaks one segment; what has no words is remembered, not spoken.
  void speak(Segment segment) {
    VoiceDescription description = order.voice().description();
    if (description.input() == VoiceDescription.Input.SENTENCE
        && !Speakable.hasWords(segment.text())) {
      unspeakable = true;
      return;
    }
    try {
      Rendering rendering = order.voice().render(segment.text(), order.settings(), noise);
      while (!rendering.isFinished()) {
        sink.awaitRoom();
        deliver(compute(() -> pipeline.accept(rendering.step(windows.next(), cancel))));
      }
    } catch (WorkerException e) {
      if (e.code() == ErrorCode.INFERENCE_FAILED) {
        pipeline.finish().forEach(sink::accept);
      }
      throw e;
    }
  }

  /// Hands over the last frame. Text without words that gave no sound becomes one silent frame,
  /// since a client treats no audio as a failure.
  SpeechSummary finish() {
    if (frames == 0 && unspeakable) {
      deliver(pipeline.accept(new float[SILENT_SAMPLES]));
    }
    deliver(pipeline.finish());
    return new SpeechSummary(frames, Duration.ofNanos(computingNanos));
  }

  private List<byte[]> compute(java.util.concurrent.Callable<List<byte[]>> work) {
    return scheduler.run(
        sink.deadlineNanos(),
        cancel,
        () -> {
          long start = System.nanoTime();
          try {
            return work.call();
          } finally {
            computingNanos += System.nanoTime() - start;
          }
        });
  }

  private void deliver(List<byte[]> made) {
    for (byte[] frame : made) {
      sink.accept(frame);
      frames++;
    }
  }
}
