package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/// Partial file: what has come of a download, and of which version of the file it is, so that
/// another run can go on where this one broke off.
///
/// @param file its bytes
/// @param versionFile has the server's name of the version (entity tag), where it gave one
record PartialFile(Path file, Path versionFile) {
  /// Strong entity tags only: weak ones do not promise the same bytes. Source: RFC 9110, 8.8.3.
  private static final Pattern ENTITY_TAG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");

  /// @param name of the file that it is to become
  static PartialFile in(Path folder, String name) {
    return new PartialFile(folder.resolve(name + ".part"), folder.resolve(name + ".version"));
  }

  /// How much has come; 0 when nothing has.
  long size() throws IOException {
    return Files.isRegularFile(file) ? Files.size(file) : 0;
  }

  /// Of which version it is; empty when the server did not say.
  Optional<String> version() throws IOException {
    return Files.isRegularFile(versionFile)
        ? strong(Files.readString(versionFile, StandardCharsets.US_ASCII))
        : Optional.empty();
  }

  /// Notes of which version the bytes are that come now.
  void begin(Optional<String> entityTag) throws IOException {
    Optional<String> version = entityTag.flatMap(PartialFile::strong);
    if (version.isPresent()) {
      Files.writeString(versionFile, version.get(), StandardCharsets.US_ASCII);
    } else {
      Files.deleteIfExists(versionFile);
    }
  }

  /// Moves the bytes, which are whole now, to their place.
  void publish(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(versionFile);
  }

  void delete() throws IOException {
    Folders.delete(file);
    Folders.delete(versionFile);
  }

  private static Optional<String> strong(String entityTag) {
    return Optional.of(entityTag).filter(tag -> ENTITY_TAG.matcher(tag).matches());
  }
}
