package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.model.ModelLease;
import dev.ttsworker.model.Models;
import dev.ttsworker.synthesis.CostMeter;
import dev.ttsworker.synthesis.TextStyle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every open session and running call. Thread-safe.
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final int LONGEST_ID = 256;

  private final Models models;
  private final SessionSettings settings;
  private final LimitSettings limits;
  private final Duration defaultMaxLead;
  private final TextStyle text;
  private final Duration maxWait;
  private final WorkerMetrics metrics;
  private final LongSupplier nanoTime;
  private final Admission admission;
  private final Map<String, Session> open = new ConcurrentHashMap<>();
  private final Set<OpenCall> running = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /// @param text how text is read when a session does not say
  /// @param maxWait how long a sentence without an end mark waits for more text; zero: for ever
  /// @param inferenceThreads how much can be computed at once
  /// @param costs what speech costs, as measured
  public Sessions(
      Models models,
      SessionSettings settings,
      LimitSettings limits,
      Duration defaultMaxLead,
      TextStyle text,
      Duration maxWait,
      IntSupplier inferenceThreads,
      CostMeter costs,
      WorkerMetrics metrics,
      LongSupplier nanoTime) {
    this.models = models;
    this.settings = settings;
    this.limits = limits;
    this.defaultMaxLead = defaultMaxLead;
    this.text = text;
    this.maxWait = maxWait;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    this.admission = new Admission(inferenceThreads, costs);
  }

  /// Opens a session, waiting for its voice; one with the same id is replaced.
  ///
  /// @param modelId empty for the default model
  /// @param options as [SessionOptions] in strings
  /// @return what to tell the caller: the voice, and an alias or the fallback when in use
  /// @throws WorkerException `MISSING_FIELD`, `INVALID_FIELD`, `DRAINING`, and as [Models#acquire]
  public String start(String sessionId, String modelId, Map<String, String> options) {
    checkId(sessionId);
    refuseWhenDraining();
    ModelLease lease = models.acquire(modelId);
    try {
      SessionOptions read =
          OptionReader.read(options, lease.voice().description(), defaultMaxLead, text);
      put(new Session(sessionId, lease, read, nanoTime.getAsLong()));
    } catch (WorkerException e) {
      lease.close();
      throw e;
    }
    String note = lease.note();
    metrics.sessions().started(lease.modelId());
    LOG.atInfo()
        .addKeyValue("session_id", sessionId)
        .addKeyValue("model_id", lease.modelId())
        .log("Session started{}", note.isEmpty() ? "" : ": " + note);
    return "Session started on " + lease.modelId() + (note.isEmpty() ? "" : " (" + note + ")");
  }

  private void put(Session session) {
    Session former = open.put(session.id(), session);
    if (former != null) {
      retire(former);
    }
    if (draining) {
      end(session.id());
      throw draining();
    }
    dropBeyondCap(session);
    metrics.sessions().active(open.size());
  }

  /// Ends a session and its calls; an unknown one is no failure.
  public void end(String sessionId) {
    Session session = open.remove(sessionId);
    if (session != null) {
      retire(session);
      metrics.sessions().active(open.size());
    }
  }

  private void retire(Session session) {
    if (session.end()) {
      metrics.sessions().ended(Duration.ofNanos(nanoTime.getAsLong() - session.openedNanos()));
    }
  }

  /// Opens a call on a session.
  ///
  /// @throws WorkerException `MISSING_FIELD`, `SESSION_NOT_FOUND`, `NO_CAPACITY` or `DRAINING`
  public OpenCall openCall(String sessionId, FrameReceiver receiver) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
    refuseWhenDraining();
    Session session = find(sessionId);
    synchronized (running) {
      admit(session.lease().modelId());
      OpenCall opened = open(session, receiver);
      running.add(opened);
      if (draining) {
        // The drain may have looked before this call was there.
        opened.call().hurry();
      }
      return opened;
    }
  }

  private void admit(String modelId) {
    try {
      admission.check(loads(), modelId);
    } catch (WorkerException e) {
      metrics.synthesis().refused(modelId);
      throw e;
    }
  }

  private OpenCall open(Session session, FrameReceiver receiver) {
    Call call =
        new Call(
            new CallText(limits, maxWait),
            receiver,
            new Call.CallLimits(session.options().maxLead(), settings.maxPause()),
            metrics.frames().ofCall(session.lease().modelId()),
            nanoTime);
    if (!session.add(call, nanoTime.getAsLong())) {
      throw notFound(session.id());
    }
    return new OpenCall(session, call, this::callEnded, metrics.synthesis(), nanoTime);
  }

  /// Carries a command out on the running calls of one session.
  ///
  /// @return what had left of each call when it was paused or stopped, the oldest first; nothing of
  ///   RESUME
  /// @throws WorkerException `MISSING_FIELD` or `SESSION_NOT_FOUND`
  public List<Receipt> control(String sessionId, CallCommand command) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
    Session session = find(sessionId);
    session.touch(nanoTime.getAsLong());
    List<Receipt> receipts = new ArrayList<>();
    for (Call call : session.calls()) {
      switch (command) {
        case PAUSE -> receipts.add(call.pause());
        case RESUME -> call.resume();
        case STOP -> receipts.add(call.stop());
      }
    }
    LOG.atInfo().addKeyValue("session_id", sessionId).log("{} received", command);
    return receipts;
  }

  /// Rescans the voicepacks; running calls go on undisturbed. Without an id this is an operator's
  /// wish; an id must be that of an open session.
  ///
  /// @return what was done, for people
  /// @throws WorkerException `SESSION_NOT_FOUND`
  public String reload(String sessionId) {
    if (!sessionId.isEmpty()) {
      find(sessionId).touch(nanoTime.getAsLong());
    }
    return models.reload();
  }

  public int openSessions() {
    return open.size();
  }

  /// Calls that run now, over all sessions.
  public int runningCalls() {
    return running.size();
  }

  /// Frames that are computed and have not left, over all calls.
  public int framesWaiting() {
    return running.stream().mapToInt(opened -> opened.call().framesWaiting()).sum();
  }

  /// The running calls, the oldest first.
  public List<RunningCall> calls() {
    return running.stream()
        .map(OpenCall::view)
        .sorted(Comparator.comparing(RunningCall::age).reversed())
        .toList();
  }

  /// Ends sessions that have been idle for longer than `session.idle_ttl_ms`; meant to be called
  /// now and then.
  public void endIdle() {
    long ttl = settings.idleTimeToLive().toNanos();
    if (ttl == 0) {
      return;
    }
    long now = nanoTime.getAsLong();
    for (Session session : List.copyOf(open.values())) {
      if (session.isIdle() && now - session.lastUsedNanos() > ttl) {
        LOG.atInfo().addKeyValue("session_id", session.id()).log("Idle session ended");
        end(session.id());
      }
    }
  }

  /// Refuses new sessions and calls from now on, and lets the running calls finish as fast as their
  /// readers read.
  public void drain() {
    draining = true;
    running.forEach(opened -> opened.call().hurry());
  }

  /// Waits until no call runs. False when some still do after `patience`.
  public synchronized boolean awaitNoCalls(Duration patience) throws InterruptedException {
    long end = nanoTime.getAsLong() + patience.toNanos();
    while (runningCalls() > 0) {
      long leftMillis = (end - nanoTime.getAsLong()) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      wait(leftMillis);
    }
    return true;
  }

  private synchronized void callEnded(OpenCall ended) {
    running.remove(ended);
    notifyAll();
  }

  /// Ends every session and call.
  public void endAll() {
    List.copyOf(open.keySet()).forEach(this::end);
  }

  /// The share of the inference threads that the running calls need in the long run, 0..1.
  public double committedShare() {
    return admission.committedShare(loads());
  }

  private List<Admission.Load> loads() {
    return running.stream().map(OpenCall::load).toList();
  }

  private Session find(String sessionId) {
    Session session = open.get(sessionId);
    if (session == null) {
      throw notFound(sessionId);
    }
    return session;
  }

  private void dropBeyondCap(Session newest) {
    if (open.size() <= settings.maxOpen()) {
      return;
    }
    Optional<Session> longestIdle =
        open.values().stream()
            .filter(session -> session != newest && session.isIdle())
            .min(Comparator.comparingLong(Session::lastUsedNanos));
    longestIdle.ifPresent(session -> {
      LOG.atWarn()
          .addKeyValue("session_id", session.id())
          .log("More than {} sessions open: the longest idle one is dropped", settings.maxOpen());
      end(session.id());
    });
  }

  private static void checkId(String sessionId) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
    int length = sessionId.codePointCount(0, sessionId.length());
    if (length > LONGEST_ID) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "session_id has " + length + " characters; allowed: 1 to " + LONGEST_ID);
    }
  }

  private void refuseWhenDraining() {
    if (draining) {
      throw draining();
    }
  }

  private static WorkerException draining() {
    return new WorkerException(ErrorCode.DRAINING, "Worker is draining");
  }

  private static WorkerException notFound(String sessionId) {
    int length = sessionId.codePointCount(0, sessionId.length());
    String shown =
        length > LONGEST_ID
            ? sessionId.substring(0, sessionId.offsetByCodePoints(0, LONGEST_ID)) + "…"
            : sessionId;
    return new WorkerException(ErrorCode.SESSION_NOT_FOUND, "Session " + shown + " not found");
  }
}
