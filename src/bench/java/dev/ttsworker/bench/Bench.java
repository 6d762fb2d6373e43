package dev.ttsworker.bench;

import dev.ttsworker.bench.load.RunProgress;
import dev.ttsworker.bench.load.SentenceSet;
import dev.ttsworker.bench.load.TestBed;
import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.TargetReport;
import dev.ttsworker.bench.server.RunningServer;
import dev.ttsworker.error.WorkerException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/// Measures servers one after the other, so that none of them disturbs another.
public final class Bench {
  private final BenchPlan plan;
  private final ThreadFactory threads;
  private final RunProgress progress;

  /// @param threads makes the one thread on which all streams begin their calls
  public Bench(BenchPlan plan, ThreadFactory threads, RunProgress progress) {
    this.plan = plan;
    this.threads = threads;
    this.progress = progress;
  }

  /// Measures all of `servers` with all sentence sets. A server that cannot be measured to the end
  /// has the reason in its report, and the next one follows.
  public BenchReport run(List<ServerUnderTest> servers) throws InterruptedException {
    Instant started = Instant.now();
    BenchReport.Machine machine = ThisMachine.describe();
    List<TargetReport> reports = new ArrayList<>();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(threads);
    try {
      for (ServerUnderTest server : servers) {
        measure(server, timer, reports);
      }
    } finally {
      timer.shutdownNow();
    }
    return new BenchReport(started, machine, plan.settings(), reports);
  }

  private void measure(
      ServerUnderTest server, ScheduledExecutorService timer, List<TargetReport> reports)
      throws InterruptedException {
    String name = server.source().name();
    progress.note("Measuring " + name);
    try (RunningServer running = server.source().start()) {
      for (SentenceSet set : plan.sets()) {
        TestBed bed =
            new TestBed(
                name + ", " + set.name(),
                running.target(),
                running.usage(),
                set,
                plan.seed(),
                timer,
                System::nanoTime,
                progress);
        Measurement measurement =
            new Measurement(plan, server, running.address(), bed, heldBySubject(reports, set));
        reports.add(measurement.run());
      }
    } catch (WorkerException e) {
      progress.note(name + ": " + e.getMessage());
      reports.add(unmeasured(name, e.getMessage()));
    }
  }

  /// How many conversations the first server held with these sentences.
  private static OptionalInt heldBySubject(List<TargetReport> reports, SentenceSet set) {
    return reports.stream()
        .filter(report -> report.sentenceSet().equals(set.name()))
        .map(TargetReport::capacity)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static TargetReport unmeasured(String name, String problem) {
    return new TargetReport(
        name,
        "",
        "",
        List.of(),
        List.of(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.of(problem));
  }
}
