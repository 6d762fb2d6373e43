package dev.ttsworker.grpc.limits;

import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The memory that one call holds: messages that have not come whole, those that its handler has
/// not had yet, and answers that have not left. The wire tells what comes and when the stream is
/// gone, the handler's side what it has had. Thread-safe; no method waits.
public final class WireCall {
  /// What a call costs without any message.
  static final int CALL_BYTES = 4 << 10;

  private final MemoryBudget.Share share;
  private final StartingCalls.Share starts;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private int unfinished;
  private int answers;
  private int base;
  private boolean starting;
  private boolean gone;
  private boolean awaitsHandler;
  private boolean handled;
  private @Nullable WorkerException refusal;
  private @Nullable Consumer<WorkerException> refuser;

  WireCall(MemoryBudget.Share share, StartingCalls.Share starts) {
    this.share = share;
    this.starts = starts;
  }

  /// Takes what a call costs; once, before anything else.
  ///
  /// @return why it could not be had; then the call holds nothing
  synchronized Optional<WorkerException> open() {
    if (!share.take(CALL_BYTES)) {
      return Optional.of(RefusedStreams.full());
    }
    if (!starts.enter()) {
      share.give(CALL_BYTES);
      return Optional.of(RefusedStreams.busy());
    }
    base = CALL_BYTES;
    starting = true;
    return Optional.empty();
  }

  /// A handler will claim the call, also when its stream ends before.
  synchronized void awaitsHandler() {
    awaitsHandler = true;
  }

  /// Takes memory for a piece of a message.
  ///
  /// @return whether it could be had
  synchronized boolean receive(int bytes) {
    if (!share.take(bytes)) {
      return false;
    }
    unfinished += bytes;
    return true;
  }

  /// The message has come whole, and waits for the handler.
  ///
  /// @param rest bytes received that belong to the next message
  synchronized void messageEnds(int rest) {
    waiting.add(unfinished - rest);
    unfinished = rest;
  }

  /// The stream has ended on the wire. What the call costs counts until its handler is done too.
  ///
  /// @return whether a handler will still claim the call, or has
  synchronized boolean streamGone() {
    gone = true;
    share.give(unfinished);
    unfinished = 0;
    if (!awaitsHandler || handled) {
      giveWaiting();
      giveBase();
    }
    return awaitsHandler;
  }

  /// Refuses the call: once the handler's side is there, it ends the call with this failure. Only
  /// the first refusal counts.
  public void refuse(WorkerException failure) {
    Consumer<WorkerException> now;
    synchronized (this) {
      if (refusal != null) {
        return;
      }
      refusal = failure;
      now = refuser;
    }
    if (now != null) {
      now.accept(failure);
    }
  }

  public synchronized boolean isRefused() {
    return refusal != null;
  }

  /// The handler's side is there, and tells from now on what it has had.
  ///
  /// @param onRefusal ends the call; it is called at most once, on any thread, and may be called
  ///   now
  public void claim(Consumer<WorkerException> onRefusal) {
    WorkerException already;
    synchronized (this) {
      awaitsHandler = true;
      begun();
      refuser = onRefusal;
      already = refusal;
    }
    if (already != null) {
      onRefusal.accept(already);
    }
  }

  /// The handler has had the oldest message that it had not had yet.
  public synchronized void messageHandled() {
    Integer bytes = waiting.poll();
    if (bytes != null) {
      share.give(bytes);
    }
  }

  /// Takes memory for an answer until the call has ended.
  ///
  /// @return whether it could be had
  public synchronized boolean answer(int bytes) {
    if (handled || !share.take(bytes)) {
      return handled;
    }
    answers += bytes;
    return true;
  }

  /// The handler gets nothing more of this call.
  public synchronized void handlerDone() {
    handled = true;
    begun();
    giveWaiting();
    share.give(answers);
    answers = 0;
    if (gone) {
      giveBase();
    }
  }

  private void begun() {
    if (starting) {
      starting = false;
      starts.leave();
    }
  }

  private void giveBase() {
    begun();
    share.give(base);
    base = 0;
  }

  private void giveWaiting() {
    for (int bytes : waiting) {
      share.give(bytes);
    }
    waiting.clear();
  }
}
