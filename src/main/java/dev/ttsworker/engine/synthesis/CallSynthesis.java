package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.AudioSink;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.SynthesisSummary;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.audio.SpeechPipeline;
import dev.ttsworker.engine.runtime.Scheduler;
import dev.ttsworker.engine.text.Speakable;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// Synthesis of one call: segments to frames; the audio runs on without a gap over all segments.
/// Not thread-safe.
final class CallSynthesis {
  private static final String NOISE_ALGORITHM = "L64X128MixRandom";
  private static final int SILENT_SAMPLES = 64;
  private static final int SILENCES_PER_SECOND = 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double DECIBELS_PER_DECADE = 20;

  private final SynthesisServices services;
  private final VoiceModel voice;
  private final SynthesisRequest request;
  private final AudioSink sink;
  private final CancellationToken cancel;
  private final SpeechPipeline pipeline;
  private final RandomGenerator noise;
  private SynthesisRequest current;
  private float gain = 1;
  private long frames;
  private long computingNanos;
  private long soundlessNanos;
  private boolean hadText;
  private boolean costless;
  private int firstCharacters;
  private long samples;
  private List<WordTiming> words = new ArrayList<>();

  CallSynthesis(
      SynthesisServices services,
      VoiceModel voice,
      SynthesisRequest request,
      AudioSink sink,
      CancellationToken cancel) {
    this.services = services;
    this.voice = voice;
    this.request = request;
    this.current = request;
    this.sink = sink;
    this.cancel = cancel;
    double gainDb = (services.normalized() ? voice.gainDb() : 0) + request.volumeDb();
    this.pipeline =
        new SpeechPipeline(
            voice.description().sampleRateHz(),
            gainDb,
            SynthesisServices.CEILING_DB,
            request.format());
    this.noise = RandomGeneratorFactory.of(NOISE_ALGORITHM).create(request.seed());
  }

  /// Reads text on an inference thread; its time is part of the cost of the sound that comes of it.
  ///
  /// @throws WorkerException `CALL_CANCELLED` once cancelled, what the work throws
  List<SpeechItem> read(Scheduler.Work<List<SpeechItem>> work) {
    costless = false;
    return scheduled(work);
  }

  /// Speaks what comes next.
  ///
  /// @throws WorkerException `CALL_CANCELLED` once cancelled, what the voice and the sink throw
  void speak(SpeechItem item) {
    switch (item) {
      case SpeechItem.Phrase phrase -> speak(phrase.script());
      case SpeechItem.Silence silence -> pause(silence.length());
      case SpeechItem.Prosody prosody -> {
        current = request.with(request.voice().faster(prosody.rate()));
        gain = (float) Math.pow(10, prosody.volumeDb() / DECIBELS_PER_DECADE);
      }
    }
  }

  /// One without words is only remembered when the voice speaks sentences.
  private void speak(Supplier<VerbalizedSegment> script) {
    hadText = true;
    @Nullable Rendering rendering = null;
    long before = samples;
    do {
      sink.awaitRoom();
      Optional<Rendering> known = Optional.ofNullable(rendering);
      Progress progress =
          scheduled(turn -> {
            Rendering now = known.orElseGet(() -> begin(script.get()));
            return new Progress(now, now.isFinished() ? List.of() : sound(now, before, turn));
          });
      deliver(progress.frames());
      rendering = progress.rendering();
    } while (!rendering.isFinished());
  }

  private record Progress(Rendering rendering, List<byte[]> frames) {}

  private Rendering begin(VerbalizedSegment script) {
    VoiceDescription description = voice.description();
    if (description.input() == VoiceDescription.Input.SENTENCE
        && !Speakable.hasWords(script.text())) {
      return Rendering.NOTHING;
    }
    if (samples == 0) {
      firstCharacters = script.text().length();
    }
    PhraseCache.Phrase phrase =
        services.phrases().begin(voice, current, script.text(), script.asked(), noise);
    costless = phrase.repeated();
    return phrase.rendering();
  }

  private void pause(Duration length) {
    costless = true;
    int rate = voice.description().sampleRateHz();
    long left = Math.round(length.toNanos() / NANOS_PER_SECOND * rate);
    while (left > 0) {
      int part = (int) Math.min(left, rate / SILENCES_PER_SECOND);
      left -= part;
      sink.awaitRoom();
      deliver(scheduled(_ -> process(new float[part])));
    }
  }

  /// Goes on from stage to stage until there are frames, unless more urgent work waits.
  ///
  /// @param before samples of the call before the rendering
  private List<byte[]> sound(Rendering rendering, long before, Scheduler.Turn turn) {
    List<byte[]> made;
    do {
      Pace pace =
          WindowSizing.pace(
                  sink.leadNanos(),
                  services.scheduler().hasSpareCapacity(),
                  services.scheduler().threads())
              .by(sink.deadlineNanos());
      made = process(step(rendering, pace));
      int rate = voice.description().sampleRateHz();
      List<WordTiming> timings = rendering.takeWords();
      if (request.words() != WordDetail.NOTHING) {
        timings.forEach(
            timing -> words.add(timing.moved(before, rate, request.format().sampleRateHz())));
      }
    } while (made.isEmpty() && !rendering.isFinished() && !turn.shouldYield());
    return made;
  }

  private float[] step(Rendering rendering, Pace pace) {
    long start = System.nanoTime();
    float[] made = rendering.step(pace, cancel);
    services.observer().stage(rendering.latestStage(), System.nanoTime() - start);
    return made;
  }

  /// Hands over the last frame. Text that gave no sound becomes one silent frame, since a client
  /// treats no audio as a failure.
  SynthesisSummary finish() {
    if (hadText && samples == 0) {
      deliver(process(new float[SILENT_SAMPLES]));
    }
    deliver(pipeline.finish());
    return new SynthesisSummary(frames, Duration.ofNanos(computingNanos));
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
    if (samples == 0 && services.normalized()) {
      services.observer().normalized();
    }
    samples += made.length;
    long start = System.nanoTime();
    List<byte[]> complete = pipeline.process(gain == 1 ? made : louder(made, gain));
    services.observer().stage(SynthesisStage.POST, System.nanoTime() - start);
    return complete;
  }

  private static float[] louder(float[] samples, float gain) {
    float[] louder = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      louder[i] = samples[i] * gain;
    }
    return louder;
  }

  private <T> T scheduled(Scheduler.Work<T> work) {
    long asked = System.nanoTime();
    return services
        .scheduler()
        .run(
            sink.deadlineNanos(),
            cancel,
            turn -> {
              WorkClock.Mark start = services.costs().clock().mark();
              services.observer().stage(SynthesisStage.QUEUE, start.nanos() - asked);
              long before = samples;
              try {
                return work.run(turn);
              } finally {
                count(services.costs().clock().nanosSince(start), before);
              }
            });
  }

  /// Adds to the cost of speech once there is audio for it. A call that ends before its first audio
  /// does not count: many of them would make speech look expensive, and others would be refused.
  private void count(long nanos, long samplesBefore) {
    computingNanos += nanos;
    String modelId = voice.description().modelId();
    double audio = (double) (samples - samplesBefore) / voice.description().sampleRateHz();
    services.costs().spend(nanos / NANOS_PER_SECOND);
    soundlessNanos += nanos;
    if (costless) {
      // Costs nothing worth counting, and must not make the speech of others look cheap.
      soundlessNanos = 0;
    } else if (audio > 0) {
      services.costs().charge(modelId, soundlessNanos / NANOS_PER_SECOND, audio);
      soundlessNanos = 0;
    }
    if (samplesBefore == 0 && samples > 0 && !costless) {
      services.costs().firstSound(modelId, computingNanos / NANOS_PER_SECOND, firstCharacters);
    }
  }

  private void deliver(List<byte[]> made) {
    services.observer().framesMade(made.size());
    if (!made.isEmpty()) {
      if (!words.isEmpty()) {
        sink.announceWords(words);
        words = new ArrayList<>();
      }
      sink.writeFrames(made);
      frames += made.size();
    }
  }
}
