package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Folder of partial files: a hidden one beside what is to be installed, which stays when a
/// download breaks off. At most [#MOST] of them stay in one place. Used under a [FolderLock].
///
/// @param path need not exist
record PartialFolder(Path path) {
  static final int MOST = 3;

  /// Makes it, and deletes the oldest ones beside it when there are too many.
  void open() throws IOException {
    List<Path> others = new ArrayList<>(others());
    others.sort(Comparator.comparingLong(other -> other.toFile().lastModified()));
    for (Path oldest : others.subList(0, Math.max(0, others.size() - (MOST - 1)))) {
      Folders.delete(oldest);
    }
    Files.createDirectories(path);
  }

  private List<Path> others() throws IOException {
    Path place = Objects.requireNonNull(path.getParent(), "it lies beside something");
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .filter(entry -> Folders.name(entry).startsWith(Staging.PARTIAL_PREFIX))
          .filter(entry -> !Folders.name(entry).equals(Folders.name(path)))
          .toList();
    }
  }

  /// Deletes it when no file is in it.
  void deleteIfEmpty() throws IOException {
    boolean empty;
    try (Stream<Path> entries = Files.walk(path)) {
      empty = entries.noneMatch(Files::isRegularFile);
    }
    if (empty) {
      delete();
    }
  }

  void delete() throws IOException {
    Folders.delete(path);
  }
}
