package dev.ttsworker.voicepack.install;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// File lock between installers of one folder: the root for language data, a family's for voices.
/// The operating system gives it back when the process dies; the empty lock file stays.
final class FolderLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final String FILE_NAME = ".install.lock";

  private final FileChannel channel;
  private final FileLock lock;

  private FolderLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Waits for other processes.
  ///
  /// @throws IOException also when this process itself is installing there, or when interrupted
  static FolderLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      @Nullable FileLock free = channel.tryLock();
      if (free == null) {
        LOG.warn("Another process installs or removes voices; waiting for {}", folder);
        free = channel.lock();
      }
      return new FolderLock(channel, free);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this process is installing or removing something else there", e);
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
      throw new IOException("the lock of the folder was lost");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
