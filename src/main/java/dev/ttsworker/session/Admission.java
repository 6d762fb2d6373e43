package dev.ttsworker.session;

import dev.ttsworker.engine.SpeechCosts;
import java.util.Collection;
import java.util.function.IntSupplier;

/// Admission control: decides from the measured cost of speech whether one more call fits without
/// underruns of running calls. Two conditions: the sustained demand of all calls stays within the
/// inference threads, and the work due within the horizon can be done in time.
public final class Admission {
  /// Share of the threads' time that calls may need; the rest is reserved for what was not foreseen
  /// and for other users of the processor, such as network I/O.
  static final double PLANNED_SHARE = 0.75;

  /// Share up to which a call may go on that was interrupted by its own caller.
  static final double RESUMED_SHARE = 0.9;

  /// Planning horizon: first audio of a new call is due within it.
  static final double HORIZON_SECONDS = 0.4;

  /// Weight of a stalled call, since some of them go on soon.
  static final double STALLED_WEIGHT = 0.1;

  /// All stalled calls together count for at most this share of the planned time.
  static final double MAX_STALLED_SHARE = 0.2;

  private final IntSupplier threads;
  private final SpeechCosts costs;

  /// @param threads current number of inference threads, at least 1
  public Admission(IntSupplier threads, SpeechCosts costs) {
    this.threads = threads;
    this.costs = costs;
  }

  /// The load of an open call.
  ///
  /// @param modelId of its voice
  public record Load(String modelId, Demand demand) {
    private boolean isActive() {
      return switch (demand) {
        case Demand.Nothing _, Demand.Stalled _ -> false;
        case Demand.FirstAudio _, Demand.Speech _ -> true;
      };
    }
  }

  /// The capacity that one more call lacks.
  ///
  /// @param sustained threads that all calls together would need
  /// @param available threads that may be planned
  /// @param lackingThreads threads that running calls must release first; 0 or less: none
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

  /// Computes the capacity that a call lacks.
  ///
  /// @param open all other open calls
  /// @param ahead calls that are to be admitted before it
  /// @param share of the threads' time that may be planned
  Need need(Collection<Load> open, Collection<Load> ahead, Load call, double share) {
    double planned = share * threads.getAsInt();
    double resting = 0;
    double sustained = 0;
    double dueSeconds = 0;
    int active = 0;
    for (Load load : open) {
      double cost = costs.realTimeFactor(load.modelId());
      if (load.isActive()) {
        active++;
        sustained += cost;
        dueSeconds += dueSeconds(load, cost);
      } else if (load.demand() instanceof Demand.Stalled) {
        resting += STALLED_WEIGHT * cost;
      }
    }
    double each = active == 0 ? 0 : sustained / active;
    for (Load load : ahead) {
      double cost = costs.realTimeFactor(load.modelId());
      sustained += cost;
      dueSeconds += dueSeconds(load, cost);
    }
    double cost = costs.realTimeFactor(call.modelId());
    sustained += cost + Math.min(resting, MAX_STALLED_SHARE * planned);
    dueSeconds += dueSeconds(call, cost);
    return new Need(
        sustained,
        threads.getAsInt(),
        sustained - planned,
        dueSeconds - planned * HORIZON_SECONDS,
        active,
        each);
  }

  /// Thread time that is due within the horizon.
  private double dueSeconds(Load load, double cost) {
    return switch (load.demand()) {
      case Demand.Nothing _, Demand.Stalled _ -> 0;
      case Demand.FirstAudio(int characters) ->
          costs.firstAudioSeconds(load.modelId(), characters) + cost * HORIZON_SECONDS;
      case Demand.Speech(var lead) ->
          cost * Math.clamp(HORIZON_SECONDS - lead.toNanos() / 1e9, 0, HORIZON_SECONDS);
    };
  }

  /// The share of the threads that these calls need in the long run, 0..1.
  public double committedShare(Collection<Load> calls) {
    double needed = 0;
    for (Load load : calls) {
      if (load.isActive()) {
        needed += costs.realTimeFactor(load.modelId());
      }
    }
    return Math.min(1, needed / threads.getAsInt());
  }

  /// Seconds until the threads have worked off the backlog of the horizon.
  double backlogSeconds(Need need) {
    return Math.max(0, need.lackingSeconds()) / (PLANNED_SHARE * threads.getAsInt());
  }
}
