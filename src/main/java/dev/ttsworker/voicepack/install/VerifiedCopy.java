package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.FileHashes;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.SmallFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/// Verified copy: writes a file from an untrusted source, and hashes files.
final class VerifiedCopy {
  /// Most of a file without a checksum.
  static final long MOST_UNCHECKED_BYTES = 8L << 20;

  private static final int BUFFER_BYTES = 1 << 17;

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
    long limit = expected.map(Checksum::size).orElse(MOST_UNCHECKED_BYTES);
    MessageDigest digest = FileHashes.newSha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = 0;
    try (FileChannel output = create(target)) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        total += count;
        if (total > limit) {
          throw new IOException("delivers more than the expected " + limit + " bytes");
        }
        digest.update(buffer, 0, count);
        write(output, buffer, count, target);
        progress.advanced(count);
      }
      force(output, target);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (expected.isPresent()) {
      check(total, actual, expected.get());
    }
  }

  static void check(long size, String sha256, Checksum expected) throws IOException {
    if (size != expected.size()) {
      throw new IOException("ends after " + size + " of " + expected.size() + " bytes");
    }
    if (!sha256.equals(expected.sha256())) {
      throw new IOException("has sha256 " + sha256 + ", expected " + expected.sha256());
    }
  }

  private static FileChannel create(Path target) {
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      return FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static void write(FileChannel output, byte[] bytes, int count, Path target)
      throws IOException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
      while (rest.hasRemaining()) {
        output.write(rest);
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static void force(FileChannel output, Path target) throws IOException {
    try {
      output.force(true);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static IOException interrupted(ClosedByInterruptException e) {
    IOException interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(e);
    return interrupted;
  }

  private static WorkerException unwritable(Path target, IOException e) {
    return new WorkerException(
        ErrorCode.INSTALL_FAILED,
        Folders.name(target) + " cannot be written: " + SmallFile.reason(e),
        e);
  }
}
