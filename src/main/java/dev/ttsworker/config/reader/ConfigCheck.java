package dev.ttsworker.config.reader;

import dev.ttsworker.config.WorkerConfig;
import java.util.List;
import java.util.Optional;

/// What came of reading a configuration.
///
/// @param config present exactly when there are no problems
/// @param problems in the order of sections and keys
public record ConfigCheck(Optional<WorkerConfig> config, List<ConfigProblem> problems) {
  public ConfigCheck {
    problems = List.copyOf(problems);
    if (config.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("A configuration and problems exclude each other");
    }
  }
}
