package dev.ttsworker.session;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.synthesis.CostMeter;
import java.util.Collection;
import java.util.Locale;
import java.util.function.IntSupplier;

/// Decides whether one more call can be spoken without those that run stuttering, by what speech
/// costs as measured. Two things must hold: all calls together need no more than the inference
/// threads can do in the long run, and what is due within the next moments can be done by then.
final class Admission {
  /// Share of the threads' time that calls may need; the rest is for what was not foreseen, and for
  /// whatever else wants the processor, such as taking bytes off the wire.
  static final double PLANNED_SHARE = 0.75;

  /// The next moments: a new call that cannot be heard within them had better try elsewhere.
  static final double HORIZON_SECONDS = 0.4;

  private final IntSupplier threads;
  private final CostMeter costs;

  /// @param threads inference threads at this moment, at least 1
  Admission(IntSupplier threads, CostMeter costs) {
    this.threads = threads;
    this.costs = costs;
  }

  /// A call that runs.
  ///
  /// @param modelId its voice's
  record Load(String modelId, Demand demand) {}

  /// Checks a new call against those that run.
  ///
  /// @throws WorkerException `NO_CAPACITY`
  void check(Collection<Load> running, String modelId) {
    int available = threads.getAsInt();
    double cost = costs.cost(modelId);
    double sustained = sustained(running) + cost;
    double soon = soon(running) + costs.firstSoundSeconds() + cost * HORIZON_SECONDS;
    if (!running.isEmpty()
        && (sustained > PLANNED_SHARE * available
            || soon > PLANNED_SHARE * HORIZON_SECONDS * available)) {
      throw new WorkerException(
          ErrorCode.NO_CAPACITY,
          String.format(
              Locale.ROOT,
              "No capacity now: with this call speech would need %.2f of %d inference threads",
              Math.max(sustained, soon / HORIZON_SECONDS),
              available));
    }
  }

  /// The share of the threads that the running calls need in the long run, 0..1.
  double committedShare(Collection<Load> running) {
    return Math.min(1, sustained(running) / threads.getAsInt());
  }

  private double sustained(Collection<Load> running) {
    double threadsNeeded = 0;
    for (Load load : running) {
      threadsNeeded +=
          switch (load.demand()) {
            case Demand.Nothing() -> 0;
            case Demand.FirstSound(), Demand.Speech(var _) -> costs.cost(load.modelId());
          };
    }
    return threadsNeeded;
  }

  /// Seconds of inference threads that are due within the horizon.
  private double soon(Collection<Load> running) {
    double due = 0;
    for (Load load : running) {
      double cost = costs.cost(load.modelId());
      due +=
          switch (load.demand()) {
            case Demand.Nothing() -> 0;
            case Demand.FirstSound() -> costs.firstSoundSeconds() + cost * HORIZON_SECONDS;
            case Demand.Speech(var lead) ->
                cost * Math.max(0, HORIZON_SECONDS - lead.toNanos() / 1e9);
          };
    }
    return due;
  }
}
