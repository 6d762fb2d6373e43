package dev.ttsworker.bench.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is simulated.
///
/// @param workers at the start
/// @param profile cost of speech on a worker of speed 1
/// @param policy of the balancer
/// @param retries of a call that one worker refused, on others
/// @param warmUp before the part that counts
/// @param length of the part that counts
public record FleetPlan(
    int workers,
    WorkerSettings worker,
    SpeechProfile profile,
    Mixture mixture,
    Policy policy,
    int retries,
    Load load,
    Faults faults,
    Optional<Scaling> scaling,
    Duration warmUp,
    Duration length,
    long seed) {

  public FleetPlan {
    if (workers < 1 || retries < 0 || length.isZero() || length.isNegative()) {
      throw new IllegalArgumentException("workers " + workers + ", retries " + retries);
    }
  }

  /// The same with another number of workers.
  public FleetPlan with(int count) {
    return new FleetPlan(
        count, worker, profile, mixture, policy, retries, load, faults, scaling, warmUp, length,
        seed);
  }

  /// Workers whose threads the load would keep busy all the time, so that they are not enough.
  public int fewestByLoad() {
    double speech = load.conversations() * load.dialogues().speakingShare(profile);
    double speed = 1 + mixture.fastShare() * (mixture.fastSpeed() - 1);
    return (int) (speech * profile.cost() / (worker.threads() * speed));
  }

  /// As configured on each worker.
  ///
  /// @param threads inference threads
  /// @param maxLead at which synthesis of a call pauses
  /// @param maxWait maximum queueing delay of a new call
  /// @param charactersPerSecond how fast the voice speaks
  public record WorkerSettings(
      int threads, Duration maxLead, Duration maxWait, double charactersPerSecond) {
    private static final double FRAMES_PER_SECOND = 50;

    int frames(int characters) {
      return (int) Math.max(1, Math.round(characters / charactersPerSecond * FRAMES_PER_SECOND));
    }
  }

  /// Workers of two speeds.
  ///
  /// @param fastShare of the workers, 0..1
  /// @param fastSpeed of those, in multiples of the others'
  public record Mixture(double fastShare, double fastSpeed) {
    /// All are equal.
    public static final Mixture EQUAL = new Mixture(0, 1);

    /// Spreads the fast ones evenly.
    double speed(int number) {
      boolean fast = Math.floor((number + 1) * fastShare) > Math.floor(number * fastShare);
      return fast ? fastSpeed : 1;
    }
  }

  /// Conversations.
  ///
  /// @param conversations at once: exactly with a fixed population, on average with Poisson
  ///   arrivals
  /// @param poisson whether they arrive at random, else each that ends is followed by another
  /// @param surgeFactor by which their number grows at `surgeAt`, within [Clients#RAMP]
  public record Load(
      int conversations,
      boolean poisson,
      Dialogues dialogues,
      OptionalDouble surgeFactor,
      Duration surgeAt) {}

  /// What fails.
  ///
  /// @param zoneLostAt when one of the zones is gone, since the start of the part that counts
  /// @param zones workers are spread over, one after the other
  /// @param detection how long it takes until callers and balancer notice
  public record Faults(Optional<Duration> zoneLostAt, int zones, Duration detection) {
    /// Nothing fails.
    public static final Faults NONE = new Faults(Optional.empty(), 3, Duration.ofSeconds(1));
  }

  /// Autoscaling.
  ///
  /// @param target mean of the workers' capacity_used
  /// @param startUp from the decision until a new worker serves
  /// @param most workers
  public record Scaling(double target, Duration startUp, int most) {}
}
