package dev.ttsworker.synthesis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What speech costs, measured as it is made: time of an inference thread per time of audio. Recent
/// audio counts most. On a machine that also does other work the measured cost is higher, as it
/// should be. Thread-safe.
public final class CostMeter {
  /// Seconds of audio after which older measurements fade.
  private static final double MEMORY_SECONDS = 60;

  /// Taken for voices before anything was measured: a medium voice on a slow core.
  private static final double UNKNOWN_COST = 0.15;

  private static final double UNKNOWN_FIRST_SOUND_SECONDS = 0.05;
  private static final double NEWEST = 0.1;

  private final Map<String, Totals> models = new ConcurrentHashMap<>();
  private final Totals all = new Totals();
  private double inferenceSeconds;
  private double audioSeconds;
  private double firstSoundSeconds = UNKNOWN_FIRST_SOUND_SECONDS;

  /// Adds what was computed in some time.
  ///
  /// @param modelId the voice's
  /// @param computing seconds of an inference thread
  /// @param audio seconds of sound
  public void add(String modelId, double computing, double audio) {
    spend(computing);
    charge(modelId, computing, audio);
  }

  /// Adds what a job took of an inference thread, whatever came of it.
  synchronized void spend(double computing) {
    inferenceSeconds += computing;
  }

  /// Adds sound and what was spent to have it.
  void charge(String modelId, double computing, double audio) {
    models.computeIfAbsent(modelId, _ -> new Totals()).add(computing, audio);
    all.add(computing, audio);
    synchronized (this) {
      audioSeconds += audio;
    }
  }

  /// Tells what a call took up to its first sound.
  synchronized void firstSound(double computing) {
    firstSoundSeconds += NEWEST * (computing - firstSoundSeconds);
  }

  /// Seconds of an inference thread for a call's first sound.
  public synchronized double firstSoundSeconds() {
    return firstSoundSeconds;
  }

  /// Seconds of an inference thread per second of this voice's audio.
  public double cost(String modelId) {
    Totals own = models.get(modelId);
    return own == null ? all.cost(UNKNOWN_COST) : own.cost(all.cost(UNKNOWN_COST));
  }

  /// Over all voices; 0 before anything was spoken.
  public double cost() {
    return all.cost(0);
  }

  /// Since the start.
  public synchronized double inferenceSeconds() {
    return inferenceSeconds;
  }

  /// Audio that was computed since the start, whether or not it left.
  public synchronized double audioSeconds() {
    return audioSeconds;
  }

  private static final class Totals {
    private double computing;
    private double audio;

    synchronized void add(double moreComputing, double moreAudio) {
      computing += moreComputing;
      audio += moreAudio;
      if (audio > MEMORY_SECONDS) {
        computing *= MEMORY_SECONDS / audio;
        audio = MEMORY_SECONDS;
      }
    }

    synchronized double cost(double otherwise) {
      return audio == 0 ? otherwise : computing / audio;
    }
  }
}
