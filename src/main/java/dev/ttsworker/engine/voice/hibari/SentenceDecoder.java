package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.sentence.Samples;
import dev.ttsworker.engine.voice.sentence.SentenceSound;
import dev.ttsworker.engine.voice.sentence.TextRun;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Sentence decoder: one sentence through the parts of the model, one run of a graph per step, then
/// signal processing in windows of any size. The text of a long sentence is read in several runs,
/// each when the windows need it.
final class SentenceDecoder implements SentenceSound {
  private static final float[] NOTHING = {};
  private static final int HOP = SpectralFrames.HOP;

  private static final int OVERLAP = SpectralSynthesis.OVERLAP;

  /// Samples of the fade at each end: 3 ms.
  private static final int FADE = SpectralFrames.SAMPLE_RATE_HZ * 3 / 1000;

  /// Frames that may be read and not yet decoded: they are memory.
  private static final int MOST_FRAMES_AHEAD = 8_000;

  private final HibariModel model;
  private final HibariRequest request;
  private final WindowPlan plan;
  private final SentenceFrames frames;
  private final NormalNoise noise;
  private final Deque<SpectralFrames> spectra = new ArrayDeque<>();
  private SynthesisStage stage = SynthesisStage.TEXT;
  private int runsRead;
  private long done;
  private long made;

  /// Frames that were decoded when samples were last made.
  private int synthesized;

  private float[] ready = NOTHING;
  private final float[] hop = new float[HOP];
  private @Nullable Begun begun;

  /// What begins with the first sound.
  private record Begun(WindowDecoder decoder, SpectralSynthesis synthesis) {}

  SentenceDecoder(HibariModel model, HibariRequest request, WindowPlan plan) {
    this.model = model;
    this.request = request;
    this.plan = plan;
    this.frames = new SentenceFrames(request, model.names().rows());
    this.noise = new NormalNoise(request.seed());
  }

  @Override
  public boolean isFinished() {
    return begun != null && frames.isComplete() && done >= end();
  }

  @Override
  public SynthesisStage latestStage() {
    return stage;
  }

  @Override
  public int knownIds() {
    return frames.borders().known();
  }

  @Override
  public long border(int id) {
    long place = frames.borders().at(id) * HOP;
    long last = frames.isComplete() ? end() : Long.MAX_VALUE;
    return Math.clamp(place, start(), last) - start();
  }

  @Override
  public boolean hasExactBorders() {
    return true;
  }

  @Override
  public boolean canReadOn() {
    return !frames.isComplete() && frames.count() - decoded() < MOST_FRAMES_AHEAD;
  }

  @Override
  public void readOn(Pace pace, CancellationToken cancel) {
    stage = SynthesisStage.TEXT;
    TextRun run = request.sentence().runs().get(runsRead);
    frames.add(model.runText(request, run, cancel), run);
    runsRead++;
  }

  /// Samples of the sentence before what is heard.
  private long start() {
    return frames.bounds().start();
  }

  /// Samples of the sentence up to the end of what is heard, as far as it is known.
  private long end() {
    return frames.bounds().end(frames.count());
  }

  /// The first frame that what is heard is added up from.
  private int firstFrame() {
    return (int) Math.max(0, start() / HOP - OVERLAP + 1);
  }

  @Override
  public float[] step(Pace pace, CancellationToken cancel) {
    if (lacksText()) {
      readOn(pace, cancel);
      return NOTHING;
    }
    Begun work = begun();
    long until =
        Math.min(
            end(),
            done + (long) HOP * Math.min(pace.windowFrames(), Rendering.LARGEST_WINDOW_FRAMES));
    if (decoded() < Math.min(frames.count(), framesUpTo(until))) {
      stage = SynthesisStage.ACOUSTIC;
      decode(work, pace, cancel);
      return NOTHING;
    }
    stage = SynthesisStage.VOCODER;
    if (made < until) {
      boolean urgent = decoded() > synthesized;
      synthesized = decoded();
      synthesize(work.synthesis(), urgent ? until : decodedEnd());
    }
    return Samples.finite("sample", take(until));
  }

  /// A window and its context must not take what is known for the end; nor must silence.
  private boolean lacksText() {
    return !frames.isComplete()
        && (done >= end() || frames.count() < decoded() + plan.ahead(context()));
  }

  private int context() {
    return model.names().contextFrames();
  }

  /// Just past the newest frame that is decoded.
  private int decoded() {
    return begun == null ? 0 : begun.decoder().decoded();
  }

  private Begun begun() {
    if (begun == null) {
      int first = firstFrame();
      done = start();
      made = done;
      begun =
          new Begun(
              new WindowDecoder(model, frames, Math.max(0, first - context())),
              new SpectralSynthesis(frames::pitch, first, noise, request.noiseScale()));
    }
    return begun;
  }

  /// Frames that samples up to a place are added up from.
  private static int framesUpTo(long sample) {
    return (int) ((sample - 1) / HOP) + OVERLAP + 1;
  }

  private void decode(Begun work, Pace pace, CancellationToken cancel) {
    int count = frames.count();
    boolean complete = frames.isComplete();
    int needed = complete ? Math.min(count, framesUpTo(end())) : Integer.MAX_VALUE;
    int to = plan.end(decoded(), firstFrame(), needed) + context();
    boolean last = complete && to >= count;
    spectra.add(work.decoder().decode(last ? count : to, last, pace, cancel));
    frames.forgetBefore(Math.min(work.decoder().needed(), work.synthesis().frame() - OVERLAP - 1));
  }

  /// Samples up to here can be added up from what is decoded, and are heard. After the first ones
  /// of a window, for which the listener may be waiting, all are made: spectra are ten times as
  /// large as their samples, so they should not wait.
  private long decodedEnd() {
    boolean all = frames.isComplete() && decoded() == frames.count();
    return all ? end() : Math.min(end(), (long) HOP * (decoded() - OVERLAP));
  }

  /// Makes the samples up to a place; the frames that they need are decoded.
  private void synthesize(SpectralSynthesis synthesis, long until) {
    int waiting = (int) (made - done);
    float[] samples = new float[(int) (until - done)];
    System.arraycopy(ready, ready.length - waiting, samples, 0, waiting);
    int filled = waiting;
    while (filled < samples.length) {
      long place = done + filled;
      while (synthesis.hop() <= place / HOP) {
        nextHop(synthesis);
      }
      int from = (int) (place % HOP);
      int count = Math.min(HOP - from, samples.length - filled);
      System.arraycopy(hop, from, samples, filled, count);
      filled += count;
    }
    fade(samples, waiting);
    ready = samples;
    made = until;
    forgetSpectra(synthesis);
  }

  /// Samples up to a place, which are made.
  private float[] take(long until) {
    int from = ready.length - (int) (made - done);
    float[] taken = Arrays.copyOfRange(ready, from, from + (int) (until - done));
    done = until;
    if (done == made) {
      ready = NOTHING;
    }
    return taken;
  }

  /// Fades the ends of what is heard, which is cut out of the sentence; `done` is the place of the
  /// first sample.
  ///
  /// @param from the first sample that is new
  private void fade(float[] samples, int from) {
    long fromStart = done - start();
    for (int i = from; i < samples.length && fromStart + i < FADE; i++) {
      samples[i] *= (fromStart + i + 0.5f) / FADE;
    }
    if (frames.isComplete()) {
      long toEnd = end() - done;
      for (int i = (int) Math.max(from, toEnd - FADE); i < samples.length; i++) {
        samples[i] *= (toEnd - i - 0.5f) / FADE;
      }
    }
  }

  private void nextHop(SpectralSynthesis synthesis) {
    forgetSpectra(synthesis);
    int count = frames.isComplete() ? frames.count() : Integer.MAX_VALUE;
    synthesis.next(spectra.isEmpty() ? SpectralFrames.NONE : spectra.element(), count, hop);
  }

  private void forgetSpectra(SpectralSynthesis synthesis) {
    while (!spectra.isEmpty() && spectra.element().to() <= synthesis.frame()) {
      spectra.remove();
    }
  }
}
