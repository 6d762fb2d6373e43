package dev.ttsworker.bench.simulation;

import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// The conversations of a run: those that are there from the start, those that follow them or
/// arrive at random, and a surge.
final class Clients {
  /// Within which the conversations of a surge begin.
  static final Duration RAMP = Duration.ofSeconds(30);

  private final Agenda agenda;
  private final FleetPlan plan;
  private final Dispatcher dispatcher;
  private final Tally tally;
  private final RandomGenerator random;
  private long count;

  Clients(Agenda agenda, FleetPlan plan, Dispatcher dispatcher, Tally tally) {
    this.agenda = agenda;
    this.plan = plan;
    this.dispatcher = dispatcher;
    this.tally = tally;
    this.random = new SplittableRandom(plan.seed());
  }

  void begin() {
    FleetPlan.Load load = plan.load();
    long stagger = load.dialogues().stagger(plan.warmUp()).toNanos();
    // As the benchmark draws them.
    Random starts = new Random(plan.seed());
    for (int i = 0; i < load.conversations(); i++) {
      long after = stagger == 0 ? 0 : starts.nextLong(stagger);
      agenda.after(after, this::converse);
    }
    load.surgeFactor().ifPresent(this::surge);
    if (load.poisson()) {
      arrive(load.conversations());
    }
  }

  private void surge(double factor) {
    int more = (int) Math.round((factor - 1) * plan.load().conversations());
    long from = plan.warmUp().plus(plan.load().surgeAt()).toNanos();
    for (int i = 0; i < more; i++) {
      agenda.at(from + random.nextLong(RAMP.toNanos()), this::converse);
    }
    if (plan.load().poisson()) {
      agenda.at(from + RAMP.toNanos(), () -> arrive(more));
    }
  }

  /// Arrivals that keep so many conversations up.
  private void arrive(int conversations) {
    double mean = plan.load().dialogues().meanLength(plan.profile()).toNanos();
    double gap = -Math.log(1 - random.nextDouble()) * mean / Math.max(1, conversations);
    agenda.after(
        (long) gap,
        () -> {
          if (!tally.isOver(agenda.nowNanos())) {
            converse();
            arrive(conversations);
          }
        });
  }

  private void converse() {
    long number = count++;
    Runnable over = plan.load().poisson() ? () -> {} : this::follow;
    new Client(
            agenda,
            dispatcher,
            tally,
            plan.profile(),
            number,
            plan.load().dialogues().begin(plan.seed(), number),
            over)
        .next();
  }

  private void follow() {
    if (!tally.isOver(agenda.nowNanos())) {
      converse();
    }
  }
}
