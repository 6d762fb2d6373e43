package dev.ttsworker.voicepack.install;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// File lock between installers of one family's folder. The operating system gives it back when the
/// process dies; the empty lock file stays.
final class FamilyLock implements AutoCloseable {
  private static final String FILE_NAME = ".install.lock";

  private final FileChannel channel;
  private final FileLock lock;

  private FamilyLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Waits for other processes.
  ///
  /// @throws IOException also when this process itself is installing there, or when interrupted
  static FamilyLock take(Path family) throws IOException {
    FileChannel channel =
        FileChannel.open(
            family.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      return new FamilyLock(channel, channel.lock());
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this process is installing or removing another voice", e);
    } catch (FileLockInterruptionException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  void requireHeld() throws IOException {
    if (!lock.isValid()) {
      throw new IOException("the lock of the family's folder was lost");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
