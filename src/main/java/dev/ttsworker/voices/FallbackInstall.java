package dev.ttsworker.voices;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.voicepack.install.InstallProgress;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Background installation of the fallback: once, when the default voice speaks or cannot, so that
/// it does not delay the start. Thread-safe.
final class FallbackInstall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackInstall.class);

  private final AutoInstall install;
  private final InstallProgress progress;
  private final Models models;
  private final ThreadFactory threads;
  private Optional<Thread> running = Optional.empty();
  private boolean begun;

  /// @param models are reloaded when a voice has been installed
  /// @param threads makes the installing thread
  FallbackInstall(
      AutoInstall install, InstallProgress progress, Models models, ThreadFactory threads) {
    this.install = install;
    this.progress = progress;
    this.models = models;
    this.threads = threads;
  }

  /// A listener of [Readiness#addListener].
  synchronized void on(Readiness.Status status) {
    boolean decided =
        status.state() == Readiness.State.SERVING || status.state() == Readiness.State.UNABLE;
    if (decided && !begun) {
      begun = true;
      Thread thread = threads.newThread(this::run);
      running = Optional.of(thread);
      thread.start();
    }
  }

  private void run() {
    if (!install.installFallback(progress)) {
      return;
    }
    try {
      models.reload();
    } catch (WorkerException e) {
      LOG.info("The fallback voice is used after the next reload: {}", e.getMessage());
    }
  }

  /// Ends an installation, which leaves nothing behind.
  @Override
  public synchronized void close() {
    begun = true;
    running.ifPresent(Thread::interrupt);
  }
}
