package dev.ttsworker.grpc.security;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.AccessReading;
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

/// Loads from files, and again when they have changed and are as they were at the look before, so
/// that nothing half-written is read. For one thread, [#reading] aside.
final class FileWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final String role;
  private final List<Path> files;
  private final Supplier<Optional<Instant>> load;
  private List<String> loaded;
  private List<String> seen;
  private volatile AccessReading reading;

  /// Loads once.
  ///
  /// @param role what the files are for, as metrics name it
  /// @param load returns when the first certificate of what was loaded expires; keeps what it had
  ///   when it throws a [WorkerException], whose message names the file
  /// @throws WorkerException as `load`
  FileWatch(String role, List<Path> files, Supplier<Optional<Instant>> load) {
    this.role = role;
    this.files = List.copyOf(files);
    this.load = load;
    this.loaded = stamps();
    this.seen = loaded;
    this.reading = new AccessReading(role, 0, false, load.get());
  }

  /// How the files stand; may be asked on any thread.
  AccessReading reading() {
    return reading;
  }

  /// Looks at the files; a load that fails is told once and tried again after the next change.
  void look() {
    List<String> now = stamps();
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(loaded)) {
      return;
    }
    loaded = now;
    long failures = reading.failedReloads();
    try {
      reading = new AccessReading(role, failures, false, load.get());
      LOG.info("Read again after a change: {}", files);
    } catch (WorkerException e) {
      reading = new AccessReading(role, failures + 1, true, reading.expires());
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
