package dev.ttsworker.grpc;

import io.grpc.Context;

/// Cancellation listener: interrupts the thread that serves a unary call when the caller cancels,
/// until this is closed.
final class InterruptOnCancel implements AutoCloseable {
  private final Context context = Context.current();
  private final Thread thread = Thread.currentThread();
  private final Context.CancellationListener listener = this::cancelled;
  private boolean closed;

  InterruptOnCancel() {
    context.addListener(listener, Runnable::run);
  }

  private synchronized void cancelled(Context ended) {
    if (!closed) {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    context.removeListener(listener);
    synchronized (this) {
      closed = true;
    }
    boolean _ = Thread.interrupted();
  }
}
