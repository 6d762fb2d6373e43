package dev.ttsworker.bench.load;

import dev.ttsworker.bench.report.BargeInResult;
import dev.ttsworker.bench.report.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All interruptions of one run, and how fast commands were answered. Thread-safe.
final class InterruptionLog {
  private final List<Interruption> all = new ArrayList<>();
  private final Samples answers = new Samples();

  synchronized void add(Interruption interruption) {
    all.add(interruption);
  }

  void answered(long nanos) {
    answers.add(nanos);
  }

  Quantiles answerTimes() {
    return answers.quantiles();
  }

  synchronized List<BargeInResult.Interruption> summary() {
    return Arrays.stream(Interruption.Kind.values()).map(this::summary).toList();
  }

  private BargeInResult.Interruption summary(Interruption.Kind kind) {
    List<Interruption> those = all.stream().filter(one -> one.kind() == kind).toList();
    Samples lastFrames = new Samples();
    those.forEach(one -> lastFrames.add(one.lastFrameAfterNanos()));
    int late = those.stream().mapToInt(Interruption::framesAfterAnswer).sum();
    return new BargeInResult.Interruption(kind.name(), those.size(), lastFrames.quantiles(), late);
  }
}
