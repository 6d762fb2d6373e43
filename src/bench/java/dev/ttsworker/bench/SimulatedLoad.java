package dev.ttsworker.bench;

import dev.ttsworker.bench.load.SentenceSet;
import dev.ttsworker.bench.simulation.AgentDialogues;
import dev.ttsworker.bench.simulation.Dialogues;
import dev.ttsworker.bench.simulation.FleetPlan;
import dev.ttsworker.bench.simulation.SentenceDialogues;
import dev.ttsworker.cli.Output;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The conversations of a simulation.
@Command // picocli takes no mixin without an annotation of its own
final class SimulatedLoad {
  private static final String AGENT = "agent";
  private static final String CONVERSATION = "conversation";
  private static final int MOST_CONVERSATIONS = 1_000_000;
  private static final int MOST_SECONDS = 86_400;
  private static final Pattern SURGE =
      Pattern.compile("(?<factor>\\d{1,3}(\\.\\d{1,3})?)@(?<second>\\d{1,5})");

  @Option(
      names = "--load",
      paramLabel = "LOAD",
      description =
          "agent: users speak, an agent's text arrives piece by piece, some replies are"
              + " interrupted; conversation: the benchmark's load of that name; default agent.")
  private String name = AGENT;

  @Option(
      names = "--set",
      paramLabel = "SET",
      description = "Sentences of the conversation load: short, mixed or long; default mixed.")
  private String set = "mixed";

  @Option(
      names = "--conversations",
      paramLabel = "COUNT",
      description = "Conversations at once; default 1000.")
  private int conversations = 1000;

  @Option(
      names = "--poisson",
      description =
          "Conversations arrive at random, so many at once on average; else their number is fixed.")
  private boolean poisson;

  @Option(
      names = "--surge",
      paramLabel = "FACTOR@SECOND",
      description = "So many times as many conversations, within 30 s from this second on.")
  private @Nullable String surge;

  @Option(
      names = "--barge-in",
      paramLabel = "SHARE",
      description = "Share of the agent's replies that are interrupted; default 0.15.")
  private double bargeIn = AgentDialogues.USUAL.bargeIn();

  @Option(
      names = "--text-rate",
      paramLabel = "CHARACTERS",
      description = "Characters of the agent's text that arrive in a second; default 120.")
  private double textRate = AgentDialogues.USUAL.textRate();

  @Option(
      names = "--user-seconds",
      paramLabel = "SECONDS",
      description = "Median of what a user says; default 4.")
  private double userSeconds = AgentDialogues.USUAL.userSeconds();

  @Option(
      names = "--sentences",
      paramLabel = "COUNT",
      description = "Sentences of a reply on average; default 1.8.")
  private double sentences = AgentDialogues.USUAL.sentences();

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "Length of the part that counts; default 120.")
  private int seconds = 120;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "Before it; default 30, of the conversation load 5.")
  private @Nullable Integer warmUp;

  String name() {
    return name;
  }

  int seconds(Output output) {
    return SimulationLimits.check(output, "--seconds", seconds, 1, MOST_SECONDS);
  }

  Duration length(Output output) {
    return Duration.ofSeconds(seconds(output));
  }

  Duration warmUp(Output output) {
    int given = warmUp == null ? name.equals(AGENT) ? 30 : 5 : warmUp;
    return Duration.ofSeconds(SimulationLimits.check(output, "--warm-up", given, 0, MOST_SECONDS));
  }

  FleetPlan.Load load(Output output) {
    int count =
        SimulationLimits.check(output, "--conversations", conversations, 1, MOST_CONVERSATIONS);
    Dialogues dialogues = dialogues(output);
    if (surge == null) {
      return new FleetPlan.Load(count, poisson, dialogues, OptionalDouble.empty(), Duration.ZERO);
    }
    Matcher matcher = SURGE.matcher(surge);
    if (!matcher.matches() || Double.parseDouble(matcher.group("factor")) < 1) {
      throw output.misuse("--surge", surge, "FACTOR@SECOND, a factor of 1 to 999, such as 2@60");
    }
    return new FleetPlan.Load(
        count,
        poisson,
        dialogues,
        OptionalDouble.of(Double.parseDouble(matcher.group("factor"))),
        Duration.ofSeconds(Long.parseLong(matcher.group("second"))));
  }

  private Dialogues dialogues(Output output) {
    return switch (name) {
      case AGENT ->
          new AgentDialogues(
              SimulationLimits.check(output, "--user-seconds", userSeconds, 0.1, 3600),
              AgentDialogues.USUAL.thinkSeconds(),
              SimulationLimits.check(output, "--sentences", sentences, 1, 100),
              AgentDialogues.USUAL.sentenceCharacters(),
              SimulationLimits.check(output, "--text-rate", textRate, 1, 1e6),
              SimulationLimits.check(output, "--barge-in", bargeIn, 0, 1),
              AgentDialogues.USUAL.toolPause(),
              AgentDialogues.USUAL.turns());
      case CONVERSATION -> {
        if (!SentenceSet.BUILT_IN.contains(set)) {
          throw output.misuse("--set", set, String.join(", ", SentenceSet.BUILT_IN));
        }
        yield new SentenceDialogues(SentenceSet.builtIn(set));
      }
      default -> throw output.misuse("--load", name, AGENT + ", " + CONVERSATION);
    };
  }
}
