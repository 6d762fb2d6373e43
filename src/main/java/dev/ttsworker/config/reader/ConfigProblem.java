package dev.ttsworker.config.reader;

import dev.ttsworker.yaml.Location;
import dev.ttsworker.yaml.YamlProblem;

/// Configuration problem.
///
/// @param source the file as it was named, `environment variable NAME` or `option --name`
/// @param line line in the file, from 1; 0 where there is no line to name
/// @param keyPath such as `worker.grpc_port`; empty for a problem of the whole file
/// @param message the value, what is allowed, and a near match where there is one; a single line
public record ConfigProblem(String source, int line, String keyPath, String message) {
  /// How the source of a value of the command line begins.
  static final String OPTION = "option ";

  static ConfigProblem at(Location origin, String keyPath, String message) {
    return new ConfigProblem(origin.source(), origin.line(), keyPath, message);
  }

  static ConfigProblem of(YamlProblem problem) {
    return at(problem.origin(), problem.path(), problem.message());
  }

  /// Whether the command line is wrong, and not the file or the environment.
  public boolean isOfCommandLine() {
    return line == 0 && source.startsWith(OPTION);
  }

  /// The problem as one line for people: `FILE:LINE: key.path: message`.
  public String describe() {
    return new Location(source, line) + ": " + (keyPath.isEmpty() ? "" : keyPath + ": ") + message;
  }
}
