package dev.ttsworker.session;

import dev.ttsworker.voices.VoiceLease;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// One caller's conversation on one voice. Cheap while idle. Thread-safe.
final class Session {
  private final String id;
  private final VoiceLease lease;
  private final SharedLexicons.Held lexicon;
  private final SessionOptions options;
  private final long openedNanos;
  private final Set<Call> calls = Collections.synchronizedSet(new LinkedHashSet<>());
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long lastUsedNanos;

  /// @param lease closed with the session and its last call, as `lexicon` is
  Session(
      String id,
      VoiceLease lease,
      SharedLexicons.Held lexicon,
      SessionOptions options,
      long nowNanos) {
    this.id = id;
    this.lease = lease;
    this.lexicon = lexicon;
    this.options = options;
    this.openedNanos = nowNanos;
    this.lastUsedNanos = nowNanos;
  }

  String id() {
    return id;
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

  /// When something last happened on it.
  long lastUsedNanos() {
    return lastUsedNanos;
  }

  boolean isIdle() {
    return calls.isEmpty();
  }

  /// Calls that run now, the oldest first.
  List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Adds a running call; the session's voice stays until the call is [#remove]d. False when the
  /// session has ended.
  synchronized boolean add(Call call, long nowNanos) {
    lastUsedNanos = nowNanos;
    return !ended.get() && calls.add(call);
  }

  void touch(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  /// Takes an ended call off, and with the last call of an ended session gives the voice back.
  synchronized void remove(Call call, long nowNanos) {
    lastUsedNanos = nowNanos;
    if (calls.remove(call) && ended.get() && calls.isEmpty()) {
      letGo();
    }
  }

  /// Ends the session and its running calls, each with its final frame. False when it had ended.
  boolean end(CallEnd why) {
    boolean first;
    synchronized (this) {
      first = ended.compareAndSet(false, true);
      if (first && calls.isEmpty()) {
        letGo();
      }
    }
    for (Call call : calls()) {
      call.stop(why);
    }
    return first;
  }

  private void letGo() {
    lexicon.close();
    lease.close();
  }
}
