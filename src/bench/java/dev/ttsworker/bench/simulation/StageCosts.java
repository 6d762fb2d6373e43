package dev.ttsworker.bench.simulation;

import dev.ttsworker.engine.SpeechCosts;
import dev.ttsworker.session.PlayoutClock;
import java.util.random.RandomGenerator;

/// What the stages of speech take of an inference thread of one worker. A sentence is a text stage
/// for all of it, then windows of frames; they are such that a sentence's first audio costs what
/// the profile says, and a second of speech of the given sentences on average too. For admission it
/// is the cost as that worker would measure it.
final class StageCosts implements SpeechCosts {
  /// Frames of the first window; its cost is part of that of first audio.
  static final int FIRST_WINDOW = 5;

  /// Share of the cost of speech that windows take at least, when first audio is expensive.
  private static final double LEAST_WINDOW_SHARE = 0.1;

  private static final double NANOS = 1e9;
  private static final double FRAME_SECONDS = PlayoutClock.FRAME_NANOS / NANOS;

  private final SpeechProfile profile;
  private final double speed;
  private final double windowCost;
  private final double meanCost;
  private final RandomGenerator random;

  /// @param meanFirstSeconds first audio of the load's sentences on average
  /// @param meanAudioSeconds length of them on average
  /// @param speed of this worker, 1: as measured
  StageCosts(
      SpeechProfile profile,
      double meanFirstSeconds,
      double meanAudioSeconds,
      double speed,
      RandomGenerator random) {
    double firstWindowSeconds = FIRST_WINDOW * FRAME_SECONDS;
    double rest = profile.cost() * meanAudioSeconds - meanFirstSeconds;
    this.profile = profile;
    this.speed = speed;
    this.windowCost =
        Math.max(
            LEAST_WINDOW_SHARE * profile.cost(),
            rest / Math.max(FRAME_SECONDS, meanAudioSeconds - firstWindowSeconds));
    this.meanCost =
        (meanFirstSeconds + windowCost * Math.max(0, meanAudioSeconds - firstWindowSeconds))
            / meanAudioSeconds;
    this.random = random;
  }

  /// Of the text stage of a sentence.
  long textNanos(int characters) {
    double window = windowCost * FIRST_WINDOW * FRAME_SECONDS;
    return nanos(Math.max(0, profile.firstAudioSeconds(characters) - window));
  }

  /// Of a window.
  long windowNanos(int frames) {
    return nanos(windowCost * frames * FRAME_SECONDS);
  }

  private long nanos(double seconds) {
    double spread = profile.spread();
    // The mean stays what it is.
    double factor =
        spread == 0 ? 1 : Math.exp(spread * random.nextGaussian() - spread * spread / 2);
    return Math.round(seconds * factor / speed * NANOS);
  }

  @Override
  public double realTimeFactor(String modelId) {
    return realTimeFactor();
  }

  /// What a worker measures in the long run; above the profile's cost where first audio alone is.
  @Override
  public double realTimeFactor() {
    return meanCost / speed;
  }

  @Override
  public double firstAudioSeconds(String modelId, int characters) {
    return profile.firstAudioSeconds(Math.max(characters, SpeechProfile.USUAL_CHARACTERS)) / speed;
  }

  /// Not kept: nobody asks in a simulation.
  @Override
  public double inferenceSeconds() {
    return 0;
  }

  @Override
  public double audioSeconds() {
    return 0;
  }
}
