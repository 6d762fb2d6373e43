package dev.ttsworker.bench.html;

import dev.ttsworker.bench.report.BenchReport;
import dev.ttsworker.bench.report.ConversationResult;
import dev.ttsworker.bench.report.ConversationResult.Purpose;
import dev.ttsworker.bench.report.TargetReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Picks from a report what is drawn together.
final class Runs {
  private Runs() {}

  static List<String> sentenceSets(BenchReport report) {
    return report.targets().stream().map(TargetReport::sentenceSet).distinct().toList();
  }

  static List<TargetReport> ofSet(BenchReport report, String sentenceSet) {
    return report.targets().stream()
        .filter(target -> target.sentenceSet().equals(sentenceSet))
        .toList();
  }

  /// The run at the count that was reached: the last of full length, searched or given, that held,
  /// else the last of full length.
  static Optional<ConversationResult> reached(TargetReport target) {
    List<ConversationResult> full =
        target.conversations().stream()
            .filter(run -> run.purpose() == Purpose.CONFIRMATION || run.purpose() == Purpose.GIVEN)
            .toList();
    return full.stream()
        .filter(ConversationResult::held)
        .reduce((earlier, later) -> later)
        .or(() -> last(full));
  }

  /// The last run of a purpose.
  static Optional<ConversationResult> last(TargetReport target, Purpose purpose) {
    return last(ofPurpose(target, purpose));
  }

  private static List<ConversationResult> ofPurpose(TargetReport target, Purpose purpose) {
    return target.conversations().stream().filter(run -> run.purpose() == purpose).toList();
  }

  private static Optional<ConversationResult> last(List<ConversationResult> runs) {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.getLast());
  }

  /// What a machine of this size could do at most, from whichever server told.
  static OptionalDouble ideal(List<TargetReport> targets) {
    return targets.stream()
        .filter(target -> target.idealConversations().isPresent())
        .mapToDouble(target -> target.idealConversations().getAsDouble())
        .findFirst();
  }

  static String name(Purpose purpose) {
    return switch (purpose) {
      case SEARCH -> "search";
      case CONFIRMATION -> "full length";
      case EASED -> "80 % of what it holds";
      case OVERLOAD -> "twice what it holds";
      case SAME_LOAD -> "as many as the first server holds";
      case GIVEN -> "as many as asked for";
    };
  }
}
