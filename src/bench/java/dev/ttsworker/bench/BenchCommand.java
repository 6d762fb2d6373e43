package dev.ttsworker.bench;

import dev.ttsworker.bench.load.SentenceSet;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.cli.Output;
import dev.ttsworker.cli.ProgressBars;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.lifecycle.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures a worker under load, beside other designs of it and other servers.
@Command(
    name = "tts-worker bench",
    description =
        "Measure a worker under load: its own child process, or a running one (--addr), beside"
            + " other designs and servers. How to read the result: docs/benchmarks.md.",
    subcommands = SimulateCommand.class,
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int MOST_STREAMS = 1000;
  private static final int MOST_SECONDS = 3600;
  private static final int MOST_CONVERSATIONS = 256;

  @Option(
      names = "--load",
      split = ",",
      paramLabel = "LOAD",
      description = "closed, conversation, barge-in or all; may be repeated; default all.")
  private List<String> loads = List.of(ALL);

  @Option(
      names = "--set",
      split = ",",
      paramLabel = "SET",
      description =
          "Sentences: short (5 to 9 words), mixed (3 to 45), long (30 to 45); may be repeated;"
              + " default mixed.")
  private @Nullable List<String> sets;

  @Option(names = "--file", paramLabel = "FILE", description = "Your own sentences, one per line.")
  private @Nullable Path file;

  @Option(
      names = "--streams",
      split = ",",
      paramLabel = "COUNT",
      description = "Streams of the closed load; default 1,4,8.")
  private List<Integer> streams = List.of(1, 4, 8);

  @Option(
      names = "--conversations",
      split = ",",
      paramLabel = "COUNT",
      description = "Runs so many conversations instead of searching for what a server holds.")
  private List<Integer> conversations = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "Length of each run; default 60.")
  private int seconds = 60;

  @Option(
      names = "--sentences",
      paramLabel = "COUNT",
      description = "Ends a closed run earlier, after so many sentences of all streams.")
  private int sentences = Integer.MAX_VALUE;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "The same one gives the same order and moments; default 1.")
  private long seed = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private @Nullable Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report with charts, for a browser.")
  private @Nullable Path html;

  @Mixin private final BenchServers servers = new BenchServers();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    BenchPlan plan = plan();
    List<ServerUnderTest> tested = servers.chosen(output);
    // Before the runs, because nobody wants to lose theirs.
    output.checkWritable("--json", json);
    output.checkWritable("--html", html);
    BenchProgress progress = new BenchProgress(System.err, ProgressBars.onTerminal());
    BenchReport report = new Bench(plan, Threads.platform("bench-"), progress).run(tested);
    TextReport.lines(report).forEach(output.out()::println);
    output.out().flush();
    if (json != null) {
      JsonReport.write(report, json);
    }
    if (html != null) {
      HtmlReport.write(report, html);
    }
    return report.targets().stream().allMatch(target -> target.problem().isEmpty()) ? 0 : 1;
  }

  private BenchPlan plan() {
    inBounds("--seconds", seconds, MOST_SECONDS);
    inBounds("--sentences", sentences, Integer.MAX_VALUE);
    streams.forEach(count -> inBounds("--streams", count, MOST_STREAMS));
    conversations.forEach(count -> inBounds("--conversations", count, MOST_STREAMS));
    return new BenchPlan(
        chosenLoads(),
        chosenSets(),
        streams,
        conversations,
        WARM_UP,
        Duration.ofSeconds(seconds),
        sentences,
        MOST_CONVERSATIONS,
        seed);
  }

  private Set<Load> chosenLoads() {
    Set<Load> chosen = new LinkedHashSet<>();
    for (String name : loads) {
      if (name.equals(ALL)) {
        chosen.addAll(List.of(Load.values()));
      } else {
        chosen.add(
            Load.of(name)
                .orElseThrow(() ->
                    output.misuse("--load", name, String.join(", ", Load.labels()) + ", all")));
      }
    }
    return chosen;
  }

  private List<SentenceSet> chosenSets() {
    List<SentenceSet> chosen = new ArrayList<>();
    List<String> defaults = file == null ? List.of("mixed") : List.of();
    for (String name : sets == null ? defaults : sets) {
      if (!SentenceSet.BUILT_IN.contains(name)) {
        throw output.misuse("--set", name, String.join(", ", SentenceSet.BUILT_IN));
      }
      chosen.add(SentenceSet.builtIn(name));
    }
    output.checkReadable("--file", file);
    if (file != null) {
      try {
        chosen.add(SentenceSet.read(file));
      } catch (WorkerException e) {
        throw output.misuse(e.getMessage());
      }
    }
    return chosen;
  }

  private void inBounds(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw output.misuse(option, Integer.toString(value), "1 to " + most);
    }
  }
}
