package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Verified copy: writes a file from an untrusted source.
final class VerifiedCopy {
  /// Most of a file without a checksum.
  private static final long MOST_UNCHECKED_BYTES = 8L << 20;

  private VerifiedCopy() {}

  /// Copies `input` to the new file `target`, whose folder is made, and forces it to disk. Stops as
  /// soon as there are more bytes than expected (without a checksum: than a configuration may
  /// have).
  ///
  /// @throws IOException when the source fails or delivers something else; the message says why
  /// @throws WorkerException `INSTALL_FAILED` when `target` cannot be written
  static void copy(
      InputStream input, Path target, Optional<Checksum> expected, InstallProgress progress)
      throws IOException {
    try (CheckedFile file = CheckedFile.create(target, expected)) {
      file.append(input, progress);
      file.check();
    }
  }

  /// Most bytes that a file may have.
  static long limit(Optional<Checksum> expected) {
    return expected.map(Checksum::size).orElse(MOST_UNCHECKED_BYTES);
  }

  static void check(long size, String digest, Checksum expected) throws IOException {
    if (size != expected.size()) {
      throw new IOException("ends after " + size + " of " + expected.size() + " bytes");
    }
    if (!digest.equals(expected.digest())) {
      throw new IOException(
          "has %s %s, expected %s".formatted(expected.kind().label(), digest, expected.digest()));
    }
  }
}
