package dev.ttsworker.session;

import dev.ttsworker.engine.SpeechCosts;
import java.util.Collection;
import java.util.function.IntSupplier;

/// Decides whether one more call can be spoken without underruns of those that run, by the measured
/// cost of speech. Two things must hold: all calls together need no more than the inference threads
/// can do in the long run, and what is due within the next moments can be done by then.
final class Admission {
  /// Share of the threads' time that calls may need; the rest is for what was not foreseen, and for
  /// whatever else wants the processor, such as taking bytes off the wire.
  static final double PLANNED_SHARE = 0.75;

  /// A call that was interrupted by its own caller may go on up to here.
  static final double SHARE_OF_RESUMED = 0.9;

  /// The next moments: a new call should be heard within them.
  static final double HORIZON_SECONDS = 0.4;

  /// A resting call counts as this part of a call, since some of them go on soon.
  static final double RESTING_SHARE = 0.1;

  /// All resting calls together take no more than this part of what may be planned.
  static final double MOST_RESTING = 0.2;

  private final IntSupplier threads;
  private final SpeechCosts costs;

  /// @param threads inference threads at this moment, at least 1
  Admission(IntSupplier threads, SpeechCosts costs) {
    this.threads = threads;
    this.costs = costs;
  }

  /// An open call.
  ///
  /// @param modelId its voice's
  record Load(String modelId, Demand demand) {
    private boolean isActive() {
      return switch (demand) {
        case Demand.Nothing _, Demand.Resting _ -> false;
        case Demand.FirstSound _, Demand.Speech _ -> true;
      };
    }
  }

  /// What is missing for one more call.
  ///
  /// @param sustained threads that all calls together would need
  /// @param available threads that may be planned
  /// @param lackingThreads threads that running calls must give up first; 0 or less: none
  /// @param lackingSeconds thread time that is due too soon; 0 or less: none
  /// @param active calls that need the threads now
  /// @param each threads that a call needs on average
  record Need(
      double sustained,
      double available,
      double lackingThreads,
      double lackingSeconds,
      int active,
      double each) {
    boolean isMet() {
      return active == 0 || (lackingThreads <= 0 && lackingSeconds <= 0);
    }
  }

  /// What is missing for a call among those that are open.
  ///
  /// @param open all others
  /// @param ahead calls that are to be let in before it
  /// @param share of the threads' time that may be planned
  Need need(Collection<Load> open, Collection<Load> ahead, Load call, double share) {
    double planned = share * threads.getAsInt();
    double resting = 0;
    double sustained = 0;
    double soon = 0;
    int active = 0;
    for (Load load : open) {
      double cost = costs.realTimeFactor(load.modelId());
      if (load.isActive()) {
        active++;
        sustained += cost;
        soon += soon(load, cost);
      } else if (load.demand() instanceof Demand.Resting) {
        resting += RESTING_SHARE * cost;
      }
    }
    double each = active == 0 ? 0 : sustained / active;
    for (Load load : ahead) {
      double cost = costs.realTimeFactor(load.modelId());
      sustained += cost;
      soon += soon(load, cost);
    }
    double cost = costs.realTimeFactor(call.modelId());
    sustained += cost + Math.min(resting, MOST_RESTING * planned);
    soon += soon(call, cost);
    return new Need(
        sustained,
        threads.getAsInt(),
        sustained - planned,
        soon - planned * HORIZON_SECONDS,
        active,
        each);
  }

  /// Thread time that is due within the horizon.
  private double soon(Load load, double cost) {
    return switch (load.demand()) {
      case Demand.Nothing _, Demand.Resting _ -> 0;
      case Demand.FirstSound(int characters) ->
          costs.firstAudioSeconds(load.modelId(), characters) + cost * HORIZON_SECONDS;
      case Demand.Speech(var lead) ->
          cost * Math.clamp(HORIZON_SECONDS - lead.toNanos() / 1e9, 0, HORIZON_SECONDS);
    };
  }

  /// The share of the threads that these calls need in the long run, 0..1.
  double committedShare(Collection<Load> calls) {
    double needed = 0;
    for (Load load : calls) {
      if (load.isActive()) {
        needed += costs.realTimeFactor(load.modelId());
      }
    }
    return Math.min(1, needed / threads.getAsInt());
  }

  /// Seconds until the threads have done what is missing within the next moments.
  double secondsToWorkOff(Need need) {
    return Math.max(0, need.lackingSeconds()) / (PLANNED_SHARE * threads.getAsInt());
  }
}
