package dev.ttsworker.config.reader;

import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Configuration check: the result of reading a configuration.
///
/// @param config present exactly when there are no problems
/// @param logging as far as it could be read, so that the problems can be logged; else the default
/// @param problems in the order of sections and keys
public record ConfigCheck(
    Optional<WorkerConfig> config, List<ConfigProblem> problems, LoggingSettings logging) {
  private static final int MOST_SHOWN = 100;

  public ConfigCheck {
    problems = List.copyOf(problems);
    if (config.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("A configuration and problems exclude each other");
    }
  }

  /// The configuration.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION`, with every problem as a line of the message
  public WorkerConfig orThrow() {
    return config.orElseThrow(
        () -> new WorkerException(ErrorCode.INVALID_CONFIGURATION, describe()));
  }

  /// The problems as lines for people, at most 100 of them.
  public String describe() {
    String shown =
        problems.stream()
            .limit(MOST_SHOWN)
            .map(ConfigProblem::describe)
            .collect(Collectors.joining("\n"));
    int more = problems.size() - MOST_SHOWN;
    return more > 0 ? shown + "\nand " + more + " more" : shown;
  }
}
