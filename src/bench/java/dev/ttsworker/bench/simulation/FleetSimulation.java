package dev.ttsworker.bench.simulation;

import dev.ttsworker.bench.load.ConversationLoad;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ServerCost;
import dev.ttsworker.session.PlayoutClock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// One run of a plan. Deterministic for its seed.
public final class FleetSimulation {
  /// For calls that were opened before the end.
  private static final long DRAIN_NANOS = 90_000_000_000L;

  private static final double FRAME_SECONDS = PlayoutClock.FRAME_NANOS / 1e9;

  private final FleetPlan plan;
  private final Agenda agenda = new Agenda();
  private final SplittableRandom random;
  private final long fromNanos;
  private final long untilNanos;
  private final Tally tally;
  private final Fleet fleet;
  private final double meanFirstSeconds;
  private final double meanAudioSeconds;
  private final List<Observation> observations = new ArrayList<>();

  private FleetSimulation(FleetPlan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed() + 1);
    this.fromNanos = plan.warmUp().toNanos();
    this.untilNanos = fromNanos + plan.length().toNanos();
    this.tally = new Tally(fromNanos, untilNanos);
    Dialogues dialogues = plan.load().dialogues();
    this.meanFirstSeconds = dialogues.meanFirstSeconds(plan.profile());
    this.meanAudioSeconds = dialogues.meanCharacters() / plan.profile().charactersPerSecond();
    this.fleet =
        new Fleet(agenda, plan.policy().balancer(agenda, random.split()), this::makeWorker);
  }

  /// Runs it.
  public static FleetRun run(FleetPlan plan) {
    return new FleetSimulation(plan).run();
  }

  private ModelWorker makeWorker(int number) {
    double speed = plan.mixture().speed(number);
    StageCosts costs =
        new StageCosts(plan.profile(), meanFirstSeconds, meanAudioSeconds, speed, random.split());
    return new ModelWorker(agenda, plan.worker(), number, costs);
  }

  private record Observation(int workers, double used) {}

  private FleetRun run() {
    fleet.add(plan.workers());
    new Clients(agenda, plan, new Dispatcher(agenda, fleet, plan.retries()), tally).begin();
    plan.scaling().ifPresent(scaling -> new Autoscaler(agenda, fleet, scaling).begin());
    FleetPlan.Faults faults = plan.faults();
    faults
        .zoneLostAt()
        .ifPresent(at ->
            agenda.at(
                fromNanos + at.toNanos(),
                () -> fleet.loseZone(faults.zones(), faults.detection().toNanos())));
    for (int i = 1; i <= tally.slices().size(); i++) {
      agenda.at(fromNanos + i * tally.sliceNanos() - 1, this::observe);
    }
    agenda.runUntil(fromNanos);
    double[] before = busyNanos();
    agenda.runUntil(untilNanos);
    double[] utilization = utilization(before);
    agenda.runUntil(untilNanos + DRAIN_NANOS);
    return result(utilization);
  }

  private void observe() {
    List<ModelWorker> serving = fleet.healthy();
    double used = serving.stream().mapToDouble(ModelWorker::capacityUsed).average().orElse(0);
    observations.add(new Observation(serving.size(), used));
  }

  private double[] busyNanos() {
    return fleet.all().stream().mapToDouble(worker -> worker.meter().busyNanos()).toArray();
  }

  /// Of each worker that serves at the end, over the part that counts.
  private double[] utilization(double[] before) {
    return fleet.healthy().stream()
        .mapToDouble(worker -> {
          int number = worker.number();
          double spent = worker.meter().busyNanos() - (number < before.length ? before[number] : 0);
          long since = Math.max(fromNanos, worker.meter().sinceNanos());
          double length = (double) (untilNanos - since) * plan.worker().threads();
          return length <= 0 ? 0 : spent / length;
        })
        .toArray();
  }

  private FleetRun result(double[] utilization) {
    double mean = 0;
    double most = 0;
    for (double one : utilization) {
      mean += one / utilization.length;
      most = Math.max(most, one);
    }
    return new FleetRun(
        plan.policy().label(),
        plan.workers(),
        plan.scaling().isPresent()
            ? OptionalDouble.of(plan.scaling().get().startUp().toMillis() / 1e3)
            : OptionalDouble.empty(),
        conversation(mean),
        tally.opened,
        tally.stopped,
        tally.lost,
        tally.retriedAway,
        tally.underrunCalls,
        tally.firstAudio().latency(),
        tally.queueing.latency(),
        mean,
        most,
        observations.stream().mapToInt(Observation::workers).max().orElse(plan.workers()),
        slices());
  }

  private ConversationResult conversation(double utilization) {
    Delays firstAudio = tally.firstAudio();
    double seconds = plan.length().toNanos() / 1e9;
    double audioPerSecond = tally.frames * FRAME_SECONDS / seconds;
    int threads = fleet.healthy().size() * plan.worker().threads();
    boolean flawless = tally.refused() + tally.lost + tally.lateWindows == 0;
    return new ConversationResult(
        ConversationResult.Purpose.GIVEN,
        plan.load().conversations(),
        seconds,
        tally.completed,
        tally.lost,
        tally.refused(),
        tally.lateWindows,
        0,
        firstAudio.quantiles(),
        tally.refusals.quantiles(),
        audioPerSecond,
        new ServerCost(
            audioPerSecond == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(utilization * threads / audioPerSecond),
            OptionalLong.empty(),
            tally.queueing.count() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(tally.queueing.mean())),
        flawless && firstAudio.quantiles().p99() < ConversationLoad.LATEST_FIRST_AUDIO_MS,
        firstAudio.curve(),
        List.of());
  }

  private List<FleetRun.Slice> slices() {
    List<FleetRun.Slice> slices = new ArrayList<>();
    for (int i = 0; i < tally.slices().size(); i++) {
      Tally.Slice slice = tally.slices().get(i);
      FleetRun.Latency latency = slice.firstAudio.latency();
      Observation seen = observations.get(i);
      slices.add(
          new FleetRun.Slice(
              slice.second,
              slice.opened,
              slice.refused,
              slice.lost,
              latency.p95(),
              latency.p99(),
              seen.workers(),
              seen.used()));
    }
    return slices;
  }
}
