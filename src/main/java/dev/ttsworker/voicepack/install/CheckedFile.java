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

/// File that is being written from an untrusted source, with the digest of what it has so far.
/// Whoever opens it closes it. For one thread.
final class CheckedFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 17;

  private final Path file;
  private final Optional<Checksum> expected;
  private final MessageDigest digest;
  private final FileChannel channel;
  private long size;

  private CheckedFile(Path file, Optional<Checksum> expected, FileChannel channel) {
    this.file = file;
    this.expected = expected;
    this.digest = FileHashes.newDigest(expected.map(Checksum::kind).orElse(Checksum.Kind.SHA_256));
    this.channel = channel;
  }

  /// A new file, whose folder is made.
  ///
  /// @throws WorkerException `INSTALL_FAILED` when it is there already or cannot be written
  static CheckedFile create(Path file, Optional<Checksum> expected) {
    return open(file, expected, StandardOpenOption.CREATE_NEW);
  }

  /// The file with what it has, of which the digest is computed; a new one when it is not there.
  ///
  /// @throws IOException when it cannot be read
  /// @throws WorkerException `INSTALL_FAILED` when it cannot be written
  static CheckedFile resume(Path file, Optional<Checksum> expected) throws IOException {
    CheckedFile resumed = open(file, expected, StandardOpenOption.CREATE);
    try (InputStream present = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = present.read(buffer); count >= 0; count = present.read(buffer)) {
        resumed.digest.update(buffer, 0, count);
        resumed.size += count;
      }
      resumed.channel.position(resumed.size);
      return resumed;
    } catch (IOException e) {
      resumed.close();
      throw e;
    }
  }

  private static CheckedFile open(
      Path file, Optional<Checksum> expected, StandardOpenOption option) {
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel = FileChannel.open(file, option, StandardOpenOption.WRITE);
      return new CheckedFile(file, expected, channel);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /// How many bytes it has.
  long size() {
    return size;
  }

  /// Drops what it has.
  void clear() {
    try {
      channel.truncate(0);
      digest.reset();
      size = 0;
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /// Appends all of `input`, and forces it to disk. Stops as soon as there are more bytes than
  /// expected (without a checksum: than a configuration may have).
  ///
  /// @throws IOException when the source fails; what came before stays
  /// @throws WorkerException `INSTALL_FAILED` when the file cannot be written
  void append(InputStream input, InstallProgress progress) throws IOException {
    long limit = VerifiedCopy.limit(expected);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      if (size + count > limit) {
        throw new IOException("delivers more than the expected " + limit + " bytes");
      }
      write(buffer, count);
      digest.update(buffer, 0, count);
      size += count;
      progress.advanced(count);
    }
    force();
  }

  /// Compares the whole file with what is expected. Called once, at the end.
  ///
  /// @throws IOException with the difference
  void check() throws IOException {
    String actual = HexFormat.of().formatHex(digest.digest());
    if (expected.isPresent()) {
      VerifiedCopy.check(size, actual, expected.get());
    }
  }

  private void write(byte[] bytes, int count) throws IOException {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private void force() throws IOException {
    try {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw unwritable(file, e);
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

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
