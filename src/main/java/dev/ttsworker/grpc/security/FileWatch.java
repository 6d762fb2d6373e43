package dev.ttsworker.grpc.security;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.CredentialStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// File watch: loads files, and reloads them once they have changed and are unchanged since the
/// previous check, so that no half-written file is read. For one thread, except [#status].
final class FileWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final String role;
  private final List<Path> files;
  private final Supplier<Optional<Instant>> load;
  private List<String> loaded;
  private List<String> lastSeen;
  private volatile CredentialStatus status;

  /// Loads the files.
  ///
  /// @param role of the files, as in metrics
  /// @param load returns the earliest expiry of the certificates it loaded; when it throws a
  ///   [WorkerException], whose message names the file, the previous content stays in use
  /// @throws WorkerException as `load`
  FileWatch(String role, List<Path> files, Supplier<Optional<Instant>> load) {
    this.role = role;
    this.files = List.copyOf(files);
    this.load = load;
    this.loaded = stamps();
    this.lastSeen = loaded;
    this.status = new CredentialStatus(role, 0, false, load.get());
  }

  /// Status of the files; thread-safe.
  CredentialStatus status() {
    return status;
  }

  /// Checks the files; a failed load is logged once and retried after the next change.
  void reloadIfChanged() {
    List<String> now = stamps();
    boolean settled = now.equals(lastSeen);
    lastSeen = now;
    if (!settled || now.equals(loaded)) {
      return;
    }
    loaded = now;
    long failures = status.failedReloads();
    try {
      status = new CredentialStatus(role, failures, false, load.get());
      LOG.info("Reloaded after a change: {}", files);
    } catch (WorkerException e) {
      status = new CredentialStatus(role, failures + 1, true, status.expires());
      LOG.error("{}; what was read before stays in use", e.getMessage());
    }
  }

  private List<String> stamps() {
    return files.stream().map(FileWatch::stamp).toList();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
