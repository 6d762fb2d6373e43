package dev.ttsworker.voicepack.install;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Archive with files of a package. Entries are looked up by their exact names, which never become
/// paths on disk.
interface Archive extends AutoCloseable {
  /// The file's name.
  String name();

  /// What opens an entry; empty when there is none of this name.
  ///
  /// @param path inside the archive, `/` between names
  Optional<Opener> find(String path);

  @Override
  void close() throws IOException;

  /// Opens a file's content.
  interface Opener {
    InputStream open() throws IOException;
  }
}
