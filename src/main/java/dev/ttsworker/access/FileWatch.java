package dev.ttsworker.access;

import dev.ttsworker.error.WorkerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads from files, and again when they have changed and are as they were at the look before, so
/// that nothing half-written is read. For one thread.
final class FileWatch {
  private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

  private final List<Path> files;
  private final Runnable load;
  private List<String> loaded;
  private List<String> seen;

  /// Loads once.
  ///
  /// @param load keeps what it had when it throws a [WorkerException], whose message names the file
  /// @throws WorkerException as `load`
  FileWatch(List<Path> files, Runnable load) {
    this.files = List.copyOf(files);
    this.load = load;
    this.loaded = stamps();
    this.seen = loaded;
    load.run();
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
    try {
      load.run();
      LOG.info("Read again after a change: {}", files);
    } catch (WorkerException e) {
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
