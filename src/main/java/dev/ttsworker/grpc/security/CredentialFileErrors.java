package dev.ttsworker.grpc.security;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Failures of credential files; their messages never include the content of a file.
final class CredentialFileErrors {
  private CredentialFileErrors() {}

  /// "`key` `file` …".
  static WorkerException file(String key, Path file, String problem, @Nullable Exception cause) {
    return new WorkerException(
        ErrorCode.INVALID_CONFIGURATION, key + " " + file + " " + problem, cause);
  }

  static WorkerException unread(String key, Path file, Exception cause) {
    String problem =
        switch (cause) {
          case NoSuchFileException _ -> "does not exist";
          case AccessDeniedException _ -> "may not be read";
          default -> "cannot be read: " + cause.getClass().getSimpleName();
        };
    return file(key, file, problem, cause);
  }
}
