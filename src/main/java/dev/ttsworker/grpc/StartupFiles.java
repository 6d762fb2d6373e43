package dev.ttsworker.grpc;

import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.security.AccessControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Contents of the files that the configuration names, read before any port is opened.
public record StartupFiles(AccessControl access, TextOptions text) {

  /// Reads the files.
  ///
  /// @throws WorkerException `INVALID_CONFIGURATION`, with every problem as a line of the message
  public static StartupFiles read(WorkerConfig config) {
    List<String> problems = new ArrayList<>();
    Optional<AccessControl> access =
        attempt(problems, () -> new AccessControl(config.tls(), config.auth()));
    Optional<TextOptions> text = attempt(problems, () -> TextOptions.of(config.text()));
    if (access.isEmpty() || text.isEmpty()) {
      throw new WorkerException(ErrorCode.INVALID_CONFIGURATION, String.join("\n", problems));
    }
    return new StartupFiles(access.get(), text.get());
  }

  private static <T> Optional<T> attempt(List<String> problems, Supplier<T> loader) {
    try {
      return Optional.of(loader.get());
    } catch (WorkerException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }
}
