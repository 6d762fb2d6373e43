package dev.ttsworker.bench.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Plans to begin with: workers of 2 threads, 0.03 of a thread for a second of speech, 40 ms of it
/// up to the first audio of 60 characters, no spread, 20 characters a second.
final class Plans {
  static final SpeechProfile PROFILE = new SpeechProfile(0.03, 0.04, 20, 0, 0);

  private Plans() {}

  /// Says sentences of so many characters for ever.
  record Monologues(int characters, Duration pause) implements Dialogues {
    @Override
    public Dialogue begin(long seed, long number) {
      return () ->
          Optional.of(
              new Dialogue.Turn(pause.toNanos(), Script.of(characters), OptionalDouble.empty()));
    }

    @Override
    public Duration stagger(Duration warmUp) {
      return warmUp;
    }

    @Override
    public Duration meanLength(SpeechProfile profile) {
      return Duration.ofDays(1);
    }

    @Override
    public double speakingShare(SpeechProfile profile) {
      double seconds = profile.audioSeconds(characters);
      return seconds / (seconds + pause.toMillis() / 1e3);
    }

    @Override
    public double meanCharacters() {
      return characters;
    }

    @Override
    public double meanFirstSeconds(SpeechProfile profile) {
      return profile.firstAudioSeconds(characters);
    }
  }

  static FleetPlan plan(int workers, int conversations, Dialogues dialogues) {
    return new FleetPlan(
        workers,
        new FleetPlan.WorkerSettings(
            2, Duration.ofSeconds(5), Duration.ofSeconds(1), PROFILE.charactersPerSecond()),
        PROFILE,
        FleetPlan.Mixture.EQUAL,
        Policy.LEAST_REQUEST,
        3,
        new FleetPlan.Load(conversations, false, dialogues, OptionalDouble.empty(), Duration.ZERO),
        FleetPlan.Faults.NONE,
        Optional.empty(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        1);
  }

  /// Agents' conversations.
  static FleetPlan agents(int workers, int conversations) {
    return plan(workers, conversations, AgentDialogues.USUAL);
  }

  static FleetPlan with(FleetPlan plan, Policy policy, int retries) {
    return new FleetPlan(
        plan.workers(),
        plan.worker(),
        plan.profile(),
        plan.mixture(),
        policy,
        retries,
        plan.load(),
        plan.faults(),
        plan.scaling(),
        plan.warmUp(),
        plan.length(),
        plan.seed());
  }

  static FleetPlan with(FleetPlan plan, FleetPlan.Faults faults) {
    return new FleetPlan(
        plan.workers(),
        plan.worker(),
        plan.profile(),
        plan.mixture(),
        plan.policy(),
        plan.retries(),
        plan.load(),
        faults,
        plan.scaling(),
        plan.warmUp(),
        plan.length(),
        plan.seed());
  }

  static FleetPlan with(FleetPlan plan, FleetPlan.Scaling scaling, Duration length) {
    return new FleetPlan(
        plan.workers(),
        plan.worker(),
        plan.profile(),
        plan.mixture(),
        plan.policy(),
        plan.retries(),
        plan.load(),
        plan.faults(),
        Optional.of(scaling),
        plan.warmUp(),
        length,
        plan.seed());
  }

  static FleetPlan with(FleetPlan plan, FleetPlan.Mixture mixture, long seed) {
    return new FleetPlan(
        plan.workers(),
        plan.worker(),
        plan.profile(),
        mixture,
        plan.policy(),
        plan.retries(),
        plan.load(),
        plan.faults(),
        plan.scaling(),
        plan.warmUp(),
        plan.length(),
        seed);
  }

  /// Workers without work, on a clock of their own.
  static List<ModelWorker> idleWorkers(Agenda agenda, int count) {
    FleetPlan plan = plan(count, 1, new Monologues(60, Duration.ofSeconds(1)));
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(number ->
            new ModelWorker(
                agenda,
                plan.worker(),
                number,
                new StageCosts(PROFILE, 0.04, 3, 1, new java.util.SplittableRandom(number))))
        .toList();
  }
}
