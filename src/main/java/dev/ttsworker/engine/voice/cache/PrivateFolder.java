package dev.ttsworker.engine.voice.cache;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/// Private folder, which only this user can write to. Checksums do not replace that: who can write
/// files can write their checksums too.
public final class PrivateFolder {
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;

  private PrivateFolder() {}

  /// Makes the folder, for this user only, if it is not there.
  ///
  /// @throws IOException also when what is there is not private
  static void create(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      if (hasOwners(parent == null ? folder : parent)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException e) {
      if (!isPrivate(folder)) {
        throw new IOException("it is not a folder that only this user can write to", e);
      }
    }
  }

  /// Whether this is a folder, no link, of this user, that nobody else can write to or replace.
  public static boolean isPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (!hasOwners(folder)) {
      return true;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Path parent = folder.toAbsolutePath().getParent();
    return attributes.owner().equals(self())
        && !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
        && (parent == null || keepsNames(parent));
  }

  /// Whether others cannot put something else in the place of what this user has in a folder.
  private static boolean keepsNames(Path parent) throws IOException {
    int mode = (Integer) Files.getAttribute(parent, "unix:mode");
    return (mode & WRITABLE_BY_OTHERS) == 0 || (mode & STICKY) != 0;
  }

  private static boolean hasOwners(Path path) {
    return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
  }

  private static UserPrincipal self() throws IOException {
    Path made = Files.createTempFile("tts-worker", null);
    try {
      return Files.getOwner(made);
    } finally {
      Files.delete(made);
    }
  }
}
