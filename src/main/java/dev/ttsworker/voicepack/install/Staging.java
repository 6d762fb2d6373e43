package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.VoiceMetadata;
import dev.ttsworker.voicepack.catalogue.CatalogueVoice;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Staging folder: a hidden folder beside what is to be installed (a voice's folder, a file of
/// language data), in which it is built up before it appears in one step. What is not published is
/// deleted on close, except partial files; what a killed process left is deleted by the next one.
/// Used under a [FolderLock].
final class Staging implements AutoCloseable {
  /// How the names of [PartialFolder]s begin.
  static final String PARTIAL_PREFIX = ".partial-";

  private static final String PREFIX = ".installing-";

  private final Path target;
  private final Path folder;

  private Staging(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  static Staging open(Path target) throws IOException {
    Path folder = target.resolveSibling(PREFIX + Folders.name(target));
    Folders.delete(folder);
    return new Staging(target, Files.createDirectory(folder));
  }

  /// The hidden name beside it that a voice's folder, or a file, has while it comes or goes.
  static Path beside(Path target, String what) {
    return target.resolveSibling("." + what + "-" + Folders.name(target));
  }

  /// Where what has come of the downloads of a staging folder stays.
  static PartialFolder partials(Path staging) {
    String name = Folders.name(staging).substring(PREFIX.length());
    return new PartialFolder(staging.resolveSibling(PARTIAL_PREFIX + name));
  }

  /// Refuses a folder where a file should be.
  static void requireNoFolder(Path target) throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(Folders.name(target) + " is a folder; remove it first");
    }
  }

  /// Refuses to replace what an installer would not have written.
  static void requireReplaceable(Path target, CatalogueVoice voice) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String where = voice.format().family() + "/" + Folders.name(target);
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(where + " is there already and is no folder; remove it first");
    }
    Set<String> known = new HashSet<>(voice.fileNames());
    known.add(VoiceMetadata.FILE_NAME);
    List<String> foreign = names(target, known).stream().filter(n -> !known.contains(n)).toList();
    if (!foreign.isEmpty()) {
      String names = Printable.printable(String.join(", ", foreign), 200);
      throw new IOException(where + " holds other files (" + names + "); remove the voice first");
    }
  }

  /// Names of what lies in a voice's folder; of the folders among them that a voice's files lie in
  /// what lies in these.
  private static List<String> names(Path target, Set<String> known) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path entry : Folders.visible(target)) {
      String name = Folders.name(entry);
      boolean inner =
          Files.isDirectory(entry) && known.stream().anyMatch(n -> n.startsWith(name + "/"));
      if (inner) {
        Folders.visible(entry).forEach(file -> names.add(name + "/" + Folders.name(file)));
      } else {
        names.add(name);
      }
    }
    return names;
  }

  Path folder() {
    return folder;
  }

  void requireSpace(long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new IOException("needs " + bytes + " bytes, the disk has " + free + " free");
    }
  }

  /// Puts the folder in the target's place; a damaged voice that is there goes away.
  void publish() throws IOException {
    Path old = beside(target, "removing");
    Folders.delete(old);
    if (Files.exists(target)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(old);
    partials(folder).delete();
  }

  /// Puts one file of the folder in the target's place, which is a file.
  void publish(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    partials(folder).delete();
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
