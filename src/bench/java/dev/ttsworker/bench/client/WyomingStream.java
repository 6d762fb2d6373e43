package dev.ttsworker.bench.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One conversation: its calls share a connection until one of them is cancelled or fails, then the
/// next call opens another.
final class WyomingStream implements SpeechStream {
  private final WyomingTarget target;
  private @Nullable WyomingConnection idle;
  private @Nullable WyomingCall latest;
  private boolean closed;

  WyomingStream(WyomingTarget target, WyomingConnection connection) {
    this.target = target;
    this.idle = connection;
  }

  @Override
  public SpeechCall speak(String text, SpeechListener listener) {
    WyomingCall call = new WyomingCall(this, text, listener);
    synchronized (this) {
      latest = call;
    }
    target.threads().newThread(call).start();
    return call;
  }

  /// The connection for the next call, which owns it until [#giveBack].
  WyomingConnection take() throws IOException {
    synchronized (this) {
      WyomingConnection taken = idle;
      if (taken != null) {
        idle = null;
        return taken;
      }
    }
    return target.connect();
  }

  /// Takes back a connection on which nothing is under way.
  synchronized void giveBack(WyomingConnection connection) {
    if (closed) {
      connection.close();
    } else {
      idle = connection;
    }
  }

  @Override
  public void close() {
    WyomingCall running;
    synchronized (this) {
      closed = true;
      if (idle != null) {
        idle.close();
      }
      running = latest;
    }
    if (running != null) {
      running.cancel();
    }
  }
}
