package dev.ttsworker.synthesis;

import dev.ttsworker.audio.SpeechPipeline;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.inference.CancelSignal;
import dev.ttsworker.inference.Scheduler;
import dev.ttsworker.text.Segment;
import dev.ttsworker.text.Speakable;
import dev.ttsworker.text.Words;
import dev.ttsworker.voice.AskedWords;
import dev.ttsworker.voice.Pace;
import dev.ttsworker.voice.Rendering;
import dev.ttsworker.voice.SpokenWord;
import dev.ttsworker.voice.Voice;
import dev.ttsworker.voice.VoiceDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One call's way from segments to frames; its audio runs on without a gap over all segments. Not
/// thread-safe.
final class Utterance {
  private static final String NOISE_ALGORITHM = "L64X128MixRandom";
  private static final int SILENT_SAMPLES = 64;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Scheduler scheduler;
  private final SpeechOrder order;
  private final FrameSink sink;
  private final CancelSignal cancel;
  private final SpeechMeters meters;
  private final PhraseCache phrases;
  private final SpeechPipeline pipeline;
  private final boolean normalized;
  private final RandomGenerator noise;
  private long frames;
  private long computingNanos;
  private long soundlessNanos;
  private boolean hadText;
  private boolean repeated;
  private long samples;
  private List<WordTime> words = new ArrayList<>();

  Utterance(
      Scheduler scheduler,
      OutputLevel level,
      SpeechOrder order,
      FrameSink sink,
      CancelSignal cancel,
      SpeechMeters meters,
      PhraseCache phrases) {
    this.scheduler = scheduler;
    this.order = order;
    this.sink = sink;
    this.cancel = cancel;
    this.meters = meters;
    this.phrases = phrases;
    Voice voice = order.voice();
    this.normalized = level.normalized();
    double gainDb = (normalized ? voice.gainDb() : 0) + order.volumeDb();
    this.pipeline =
        new SpeechPipeline(voice.description().sampleRateHz(), gainDb, level.ceilingDb());
    this.noise = RandomGeneratorFactory.of(NOISE_ALGORITHM).create(order.seed());
  }

  /// Speaks one segment as it is written.
  ///
  /// @throws WorkerException as [#speak(Segment, AskedWords)]
  void speak(Segment segment) {
    speak(segment, wordsOf(segment));
  }

  /// Speaks one segment; one without words is only remembered when the voice speaks sentences.
  ///
  /// @param asked the words of its text, whose times are wanted
  /// @throws WorkerException `CALL_CANCELLED` once cancelled, what the voice and the sink throw
  void speak(Segment segment, AskedWords asked) {
    hadText = true;
    VoiceDescription description = order.voice().description();
    if (description.input() == VoiceDescription.Input.SENTENCE
        && !Speakable.hasWords(segment.text())) {
      return;
    }
    PhraseCache.Phrase phrase = phrases.begin(order, segment.text(), asked, noise);
    Rendering rendering = phrase.rendering();
    repeated = phrase.repeated();
    long before = samples;
    while (!rendering.isFinished()) {
      sink.awaitRoom();
      deliver(compute(turn -> sound(rendering, before, turn)));
    }
  }

  private AskedWords wordsOf(Segment segment) {
    if (order.words() == WordDetail.NOTHING) {
      return AskedWords.NONE;
    }
    List<SpokenWord> spoken =
        Words.of(segment).stream()
            .map(word -> new SpokenWord(word.text(), word.start(), word.end()))
            .toList();
    return new AskedWords(spoken, order.words() == WordDetail.PHONEMES);
  }

  /// Goes on from stage to stage until there are frames, unless more urgent work waits.
  ///
  /// @param before samples of the call before the rendering
  private List<byte[]> sound(Rendering rendering, long before, Scheduler.Turn turn) {
    List<byte[]> made;
    do {
      Pace pace =
          WindowPlan.pace(sink.leadNanos(), scheduler.isCalm(), scheduler.threads())
              .by(sink.deadlineNanos());
      made = process(step(rendering, pace));
      int rate = order.voice().description().sampleRateHz();
      rendering.takeWords().forEach(word -> words.add(WordTime.of(word, before, rate)));
    } while (made.isEmpty() && !rendering.isFinished() && !turn.isOver());
    return made;
  }

  private float[] step(Rendering rendering, Pace pace) {
    long start = System.nanoTime();
    float[] made = rendering.step(pace, cancel);
    meters.counts().rendered(rendering.latestStage(), System.nanoTime() - start);
    return made;
  }

  /// Hands over the last frame. Text that gave no sound becomes one silent frame, since a client
  /// treats no audio as a failure.
  SpeechSummary finish() {
    if (hadText && samples == 0) {
      deliver(process(new float[SILENT_SAMPLES]));
    }
    deliver(pipeline.finish());
    return new SpeechSummary(frames, Duration.ofNanos(computingNanos));
  }

  /// Hands over what was made before `failure`, except when nobody listens any more.
  void abandon(RuntimeException failure) {
    if (failure instanceof WorkerException expected
        && expected.code() == ErrorCode.CALL_CANCELLED) {
      return;
    }
    try {
      deliver(pipeline.finish());
    } catch (WorkerException endedMeanwhile) {
      failure.addSuppressed(endedMeanwhile);
    }
  }

  private List<byte[]> process(float[] made) {
    if (made.length == 0) {
      return List.of();
    }
    if (samples == 0 && normalized) {
      meters.counts().normalized();
    }
    samples += made.length;
    long start = System.nanoTime();
    List<byte[]> complete = pipeline.accept(made);
    meters.counts().processed(System.nanoTime() - start);
    return complete;
  }

  private List<byte[]> compute(Scheduler.Work<List<byte[]>> work) {
    long asked = System.nanoTime();
    return scheduler.run(
        sink.deadlineNanos(),
        cancel,
        turn -> {
          long start = System.nanoTime();
          meters.counts().queued(start - asked);
          long before = samples;
          try {
            return work.run(turn);
          } finally {
            count(System.nanoTime() - start, before);
          }
        });
  }

  /// What was computed is part of the cost of the sound that comes of it. Of a call that ends
  /// before its sound nothing comes: many such calls must not make speech look dear, since others
  /// would be refused for it.
  private void count(long nanos, long samplesBefore) {
    computingNanos += nanos;
    VoiceDescription voice = order.voice().description();
    double audio = (double) (samples - samplesBefore) / voice.sampleRateHz();
    meters.cost().spend(nanos / NANOS_PER_SECOND);
    soundlessNanos += nanos;
    if (repeated) {
      // Costs nothing worth counting, and must not make the speech of others look cheap.
      soundlessNanos = 0;
    } else if (audio > 0) {
      meters.cost().charge(voice.modelId(), soundlessNanos / NANOS_PER_SECOND, audio);
      soundlessNanos = 0;
    }
    if (samplesBefore == 0 && samples > 0 && !repeated) {
      meters.cost().firstSound(computingNanos / NANOS_PER_SECOND);
    }
  }

  private void deliver(List<byte[]> made) {
    meters.counts().framesMade(made.size());
    if (!made.isEmpty()) {
      if (!words.isEmpty()) {
        sink.announce(words);
        words = new ArrayList<>();
      }
      sink.accept(made);
      frames += made.size();
    }
  }
}
