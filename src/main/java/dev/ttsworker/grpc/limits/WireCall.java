package dev.ttsworker.grpc.limits;

import dev.ttsworker.error.WorkerException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Memory accounting of one call: incomplete messages, messages that its handler has not processed,
/// and unsent responses. The wire reports what arrives and the end of the stream, the handler side
/// what it has processed. Thread-safe; non-blocking.
public final class WireCall {
  /// Memory of a call without messages.
  static final int CALL_BYTES = 4 << 10;

  private final MemoryBudget.Share share;
  private final PendingCalls.Share starts;
  private final Deque<Integer> waiting = new ArrayDeque<>();
  private int unfinished;
  private int responses;
  private int callBytes;
  private boolean starting;
  private boolean streamClosed;
  private boolean handlerExpected;
  private boolean handled;
  private @Nullable WorkerException refusal;
  private @Nullable Consumer<WorkerException> refuser;

  WireCall(MemoryBudget.Share share, PendingCalls.Share starts) {
    this.share = share;
    this.starts = starts;
  }

  /// Reserves the memory of the call; to be called once, first.
  ///
  /// @return why it is refused; then the call holds nothing
  synchronized Optional<WorkerException> open() {
    if (!share.reserve(CALL_BYTES)) {
      return Optional.of(RefusedStreams.outOfMemory());
    }
    if (!starts.enter()) {
      share.release(CALL_BYTES);
      return Optional.of(RefusedStreams.tooManyPending());
    }
    callBytes = CALL_BYTES;
    starting = true;
    return Optional.empty();
  }

  /// A handler will claim the call, even if its stream ends before.
  synchronized void handlerExpected() {
    handlerExpected = true;
  }

  /// Reserves memory for a piece of a message.
  ///
  /// @return whether it is available
  synchronized boolean receive(int bytes) {
    if (!share.reserve(bytes)) {
      return false;
    }
    unfinished += bytes;
    return true;
  }

  /// A message is complete, and waits for the handler.
  ///
  /// @param rest received bytes that belong to the next message
  synchronized void messageComplete(int rest) {
    waiting.add(unfinished - rest);
    unfinished = rest;
  }

  /// The stream has closed on the wire. The memory of the call is held until its handler is done
  /// too.
  ///
  /// @return whether a handler has claimed the call, or will
  synchronized boolean onStreamClosed() {
    streamClosed = true;
    share.release(unfinished);
    unfinished = 0;
    if (!handlerExpected || handled) {
      releaseWaiting();
      releaseBase();
    }
    return handlerExpected;
  }

  /// Refuses the call: the handler side, once there, ends it with this failure. Only the first
  /// refusal counts.
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

  /// Claims the call for its handler, which reports its progress from now on.
  ///
  /// @param onRefusal ends the call; called at most once, on any thread, possibly before this
  ///   returns
  public void claim(Consumer<WorkerException> onRefusal) {
    WorkerException already;
    synchronized (this) {
      handlerExpected = true;
      markStarted();
      refuser = onRefusal;
      already = refusal;
    }
    if (already != null) {
      onRefusal.accept(already);
    }
  }

  /// The handler has processed the oldest waiting message.
  public synchronized void onMessageHandled() {
    Integer bytes = waiting.poll();
    if (bytes != null) {
      share.release(bytes);
    }
  }

  /// Reserves memory for a response until the call has ended.
  ///
  /// @return whether it is available
  public synchronized boolean reserveResponse(int bytes) {
    if (handled || !share.reserve(bytes)) {
      return handled;
    }
    responses += bytes;
    return true;
  }

  /// The handler receives nothing more of this call.
  public synchronized void onHandlerDone() {
    handled = true;
    markStarted();
    releaseWaiting();
    share.release(responses);
    responses = 0;
    if (streamClosed) {
      releaseBase();
    }
  }

  private void markStarted() {
    if (starting) {
      starting = false;
      starts.leave();
    }
  }

  private void releaseBase() {
    markStarted();
    share.release(callBytes);
    callBytes = 0;
  }

  private void releaseWaiting() {
    for (int bytes : waiting) {
      share.release(bytes);
    }
    waiting.clear();
  }
}
