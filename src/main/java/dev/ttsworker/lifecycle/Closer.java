package dev.ttsworker.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closing in reverse order of opening, each step even when another one fails. Not thread-safe.
public final class Closer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

  private final Deque<Step> steps = new ArrayDeque<>();

  /// Closes one thing.
  public interface Step {
    void close() throws InterruptedException;
  }

  public void add(Step step) {
    steps.push(step);
  }

  @Override
  public void close() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("A component failed to close");
      }
    }
  }
}
