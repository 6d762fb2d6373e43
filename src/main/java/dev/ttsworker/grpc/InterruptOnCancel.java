package dev.ttsworker.grpc;

import io.grpc.Context;

/// Interrupts the thread that serves a unary call when its caller goes away, for as long as this is
/// open; afterwards the thread is not interrupted any more.
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
