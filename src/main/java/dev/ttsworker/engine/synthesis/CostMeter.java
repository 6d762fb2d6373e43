package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.SpeechCosts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The cost of speech, measured while it is synthesised: seconds of an inference thread per second
/// of audio, and per character up to the first audio of a call. Both are kept for each voice, are
/// robust against single expensive calls, and rest on the last minutes only. Thread-safe.
public final class CostMeter implements SpeechCosts {
  /// Audio that makes one measurement, of however many calls: single windows differ too much.
  private static final double MEASURED_SECONDS = 2;

  /// Taken for voices before anything was measured: a medium voice on a slow core.
  private static final double UNKNOWN_COST = 0.15;

  private static final double UNKNOWN_FIRST_SOUND_SECONDS = 0.05;

  /// The first audio of a text costs as much as this many characters beside those it has.
  private static final int FIXED_CHARACTERS = 60;

  private static final int USUAL_CHARACTERS = 60;

  /// A first segment has no more characters than this.
  private static final int MOST_CHARACTERS = 400;

  private final LongSupplier nanoTime;
  private final WorkClock clock;
  private final Map<String, VoiceCost> voices = new ConcurrentHashMap<>();
  private final RobustRate all = new RobustRate(UNKNOWN_COST, MEASURED_SECONDS);
  private double inferenceSeconds;
  private double audioSeconds;
  private volatile boolean measured;

  /// On the system's clock, without an accelerator.
  public CostMeter() {
    this(System::nanoTime, new WorkClock(() -> false));
  }

  /// @param nanoTime by which measurements age
  /// @param clock measures jobs
  public CostMeter(LongSupplier nanoTime, WorkClock clock) {
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /// By which jobs are measured.
  WorkClock clock() {
    return clock;
  }

  /// Takes what a voice needed when it was loaded, as the cost to go by until there is more.
  ///
  /// @param computing seconds of an inference thread
  /// @param audio seconds of sound, more than 0
  public void calibrate(String modelId, double computing, double audio) {
    spend(computing);
    addAudio(audio);
    voice(modelId).rate.calibrate(computing / audio, nanoTime.getAsLong());
    if (!measured) {
      all.calibrate(computing / audio, nanoTime.getAsLong());
      measured = true;
    }
  }

  /// Adds what a job took of an inference thread, whatever came of it.
  synchronized void spend(double computing) {
    inferenceSeconds += computing;
  }

  /// Adds sound and what was spent to have it.
  void charge(String modelId, double computing, double audio) {
    measured = true;
    voice(modelId).charge(computing, audio);
    addAudio(audio);
  }

  private synchronized void addAudio(double audio) {
    audioSeconds += audio;
  }

  /// Adds what a call took up to its first sound.
  ///
  /// @param characters of its first segment, as it is spoken
  void firstSound(String modelId, double computing, int characters) {
    voice(modelId).first.add(computing, size(characters), nanoTime.getAsLong());
  }

  @Override
  public double firstAudioSeconds(String modelId, int characters) {
    VoiceCost voice = voices.get(modelId);
    double each =
        voice == null
            ? UNKNOWN_FIRST_SOUND_SECONDS / size(USUAL_CHARACTERS)
            : voice.first.rate(nanoTime.getAsLong());
    return each * size(Math.clamp(characters, USUAL_CHARACTERS, MOST_CHARACTERS));
  }

  private static double size(int characters) {
    return FIXED_CHARACTERS + (double) characters;
  }

  @Override
  public double realTimeFactor(String modelId) {
    VoiceCost voice = voices.get(modelId);
    return voice == null ? all.rate(nanoTime.getAsLong()) : voice.rate.rate(nanoTime.getAsLong());
  }

  @Override
  public double realTimeFactor() {
    return measured ? all.rate(nanoTime.getAsLong()) : 0;
  }

  @Override
  public synchronized double inferenceSeconds() {
    return inferenceSeconds;
  }

  @Override
  public synchronized double audioSeconds() {
    return audioSeconds;
  }

  private VoiceCost voice(String modelId) {
    return voices.computeIfAbsent(modelId, _ -> new VoiceCost());
  }

  private final class VoiceCost {
    private final RobustRate rate =
        new RobustRate(all.rate(nanoTime.getAsLong()), MEASURED_SECONDS);
    private final RobustRate first =
        new RobustRate(
            UNKNOWN_FIRST_SOUND_SECONDS / size(USUAL_CHARACTERS), size(USUAL_CHARACTERS));
    private double computing;
    private double audio;

    /// Windows of any calls are put together until there is enough audio for a measurement.
    synchronized void charge(double moreComputing, double moreAudio) {
      computing += moreComputing;
      audio += moreAudio;
      if (audio >= MEASURED_SECONDS) {
        long now = nanoTime.getAsLong();
        rate.add(computing, audio, now);
        all.add(computing, audio, now);
        computing = 0;
        audio = 0;
      }
    }
  }
}
