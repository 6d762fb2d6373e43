package dev.ttsworker.session;

import dev.ttsworker.voices.VoiceLease;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Session: one caller's conversation with one voice. Cheap while idle. Thread-safe.
final class Session {
  private final String id;
  private final Protocol protocol;
  private final VoiceLease lease;
  private final SharedLexicons.LexiconLease lexicon;
  private final SessionOptions options;
  private final long openedNanos;
  private final Set<Call> calls = Collections.synchronizedSet(new LinkedHashSet<>());
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long lastUsedNanos;
  private volatile Consumer<Session> onIdle = _ -> {};

  /// @param lease closed with the session and its last call, as `lexicon` is
  Session(
      String id,
      Protocol protocol,
      VoiceLease lease,
      SharedLexicons.LexiconLease lexicon,
      SessionOptions options,
      long nowNanos) {
    this.id = id;
    this.protocol = protocol;
    this.lease = lease;
    this.lexicon = lexicon;
    this.options = options;
    this.openedNanos = nowNanos;
    this.lastUsedNanos = nowNanos;
  }

  String id() {
    return id;
  }

  Protocol protocol() {
    return protocol;
  }

  VoiceLease lease() {
    return lease;
  }

  SessionOptions options() {
    return options;
  }

  long openedNanos() {
    return openedNanos;
  }

  /// Time of the last activity.
  long lastUsedNanos() {
    return lastUsedNanos;
  }

  boolean isIdle() {
    return calls.isEmpty();
  }

  /// Running calls, the oldest first.
  List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Adds a running call; the session's voice stays leased until the call is [#remove]d. False when
  /// the session has ended.
  synchronized boolean add(Call call, long nowNanos) {
    lastUsedNanos = nowNanos;
    return !ended.get() && calls.add(call);
  }

  void touch(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  /// Calls `action` whenever its last running call has ended.
  void whenIdle(Consumer<Session> action) {
    onIdle = action;
  }

  /// Removes an ended call; releases the voice with the last call of an ended session.
  void remove(Call call, long nowNanos) {
    synchronized (this) {
      lastUsedNanos = nowNanos;
      if (!calls.remove(call) || !calls.isEmpty()) {
        return;
      }
      if (ended.get()) {
        release();
        return;
      }
    }
    onIdle.accept(this);
  }

  /// Ends the session if no call runs on it. False when one does, or it had ended already.
  synchronized boolean endIfIdle() {
    boolean ends = calls.isEmpty() && ended.compareAndSet(false, true);
    if (ends) {
      release();
    }
    return ends;
  }

  /// Ends the session with its running call, which goes on to its end; no further one is added.
  synchronized void endWithCall() {
    if (ended.compareAndSet(false, true) && calls.isEmpty()) {
      release();
    }
  }

  /// Ends the session and its running calls, each with its final frame. False when it had ended
  /// already.
  boolean end(CallEnd why) {
    boolean first;
    synchronized (this) {
      first = ended.compareAndSet(false, true);
      if (first && calls.isEmpty()) {
        release();
      }
    }
    for (Call call : calls()) {
      call.stop(why);
    }
    return first;
  }

  private void release() {
    lexicon.close();
    lease.close();
  }
}
