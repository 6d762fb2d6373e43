package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.engine.SpeechCosts;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.SessionMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.tracing.Tracer;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.VoiceLease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Manager of all open sessions and running calls. Thread-safe.
public final class SessionManager {
  private static final Logger LOG = LoggerFactory.getLogger(SessionManager.class);
  private static final long MEBIBYTE = 1L << 20;

  private final Models models;
  private final OpenSessions open;
  private final SessionFactory factory;
  private final Optional<ImplicitSessions> implicit;
  private final CallFactory callFactory;
  private final CallRegistry calls;
  private final ByteBudget waitingText;
  private final SessionMetrics metrics;
  private final LongSupplier nanoTime;
  private volatile boolean draining;

  /// Settings of sessions and their calls.
  ///
  /// @param maxLead default lead at which synthesis pauses
  /// @param text default text options of a session
  /// @param maxWait how long a sentence without an end mark waits for more text; zero: for ever
  /// @param maxQueueing how long a call waits for admission before it is refused
  public record Settings(
      SessionSettings sessions,
      LimitSettings limits,
      Duration maxLead,
      TextOptions text,
      Duration maxWait,
      Duration maxQueueing) {
    /// As configured, with the texts' options that were made of the same configuration.
    public static Settings of(WorkerConfig config, TextOptions text) {
      return new Settings(
          config.sessions(),
          config.limits(),
          config.synthesis().maxLead(),
          text,
          config.text().maxWait(),
          config.admission().maxWait());
    }
  }

  /// @param inferenceThreads current number of inference threads
  /// @param costs measured cost of speech
  /// @param tracer records the calls
  public SessionManager(
      Models models,
      Settings settings,
      IntSupplier inferenceThreads,
      SpeechCosts costs,
      WorkerMetrics metrics,
      Tracer tracer,
      LongSupplier nanoTime) {
    for (Protocol protocol : Protocol.values()) {
      metrics.synthesis().initializeProtocol(protocol.label());
    }
    SessionSettings sessions = settings.sessions();
    LimitSettings limits = settings.limits();
    this.models = models;
    this.metrics = metrics.sessions();
    this.nanoTime = nanoTime;
    this.open = new OpenSessions(sessions, metrics.sessions(), nanoTime);
    this.factory =
        new SessionFactory(
            settings.text(),
            settings.maxLead(),
            new ByteBudget(
                "the lexicons of sessions",
                "session.max_lexicons_mb",
                sessions.maxLexiconsMb() * MEBIBYTE));
    this.implicit =
        Optional.of(new ImplicitSessions(models, factory, open, nanoTime))
            .filter(_ -> sessions.implicit());
    this.calls =
        new CallRegistry(
            limits,
            settings.maxQueueing(),
            new Admission(inferenceThreads, costs),
            metrics.synthesis(),
            nanoTime);
    this.waitingText =
        new ByteBudget(
            "text that waits", "limits.max_waiting_text_mb", limits.maxWaitingTextMb() * MEBIBYTE);
    this.callFactory =
        new CallFactory(
            limits,
            settings.maxWait(),
            sessions.maxPause(),
            waitingText,
            calls,
            metrics,
            tracer,
            nanoTime);
  }

  /// Opens a session and waits for its voice; a session with the same id is replaced.
  ///
  /// @param modelId empty for the default model
  /// @param options as [SessionOptions] in strings
  /// @return message for the caller: the voice, and an alias or the fallback when in use
  /// @throws WorkerException `MISSING_FIELD`, `INVALID_FIELD`, `DRAINING`, `BUDGET_EXCEEDED`, and
  ///   as [Models#acquire]
  public String start(String sessionId, String modelId, Map<String, String> options) {
    try {
      SessionIds.check(sessionId);
      refuseWhenDraining();
      VoiceLease lease = models.acquire(modelId);
      // The lease may be closed as soon as the session is open.
      String missing = factory.missingSymbols(lease);
      String note =
          lease.note() + (lease.note().isEmpty() ? "" : missing.isEmpty() ? "" : "; ") + missing;
      open(sessionId, lease, options);
      metrics.started(lease.modelId());
      LOG.atInfo()
          .addKeyValue("session_id", sessionId)
          .addKeyValue("model_id", lease.modelId())
          .log("Session started{}", note.isEmpty() ? "" : ": " + note);
      return "Session started on " + lease.modelId() + (note.isEmpty() ? "" : " (" + note + ")");
    } catch (WorkerException e) {
      // Not its message, which may quote the caller's options.
      LOG.atInfo()
          .addKeyValue("session_id", SessionIds.truncated(sessionId))
          .addKeyValue("reason", e.code())
          .log("Session refused");
      throw e;
    }
  }

  private void open(String sessionId, VoiceLease lease, Map<String, String> options) {
    Session session = factory.create(sessionId, lease, options, nanoTime.getAsLong());
    open.add(session);
    if (draining) {
      open.end(session, "the worker drains");
      throw draining();
    }
  }

  /// Ends a session and its calls; an unknown id is no failure.
  public void end(String sessionId) {
    open.end(sessionId, "by its caller");
  }

  /// Opens a call on a session. It is admitted once there is text to speak. With `session.implicit`
  /// an id without a session gets one that ends with its calls.
  ///
  /// @throws WorkerException `MISSING_FIELD`, `SESSION_NOT_FOUND`, `NO_CAPACITY` or `DRAINING`; for
  ///   an implicit session also `INVALID_FIELD` and as [Models#acquire]
  public CallTask openCall(String sessionId, FrameReceiver receiver) {
    refuseWhenDraining();
    if (implicit.isEmpty()) {
      SessionIds.requirePresent(sessionId);
      return open(open.find(sessionId), receiver);
    }
    return sessionId.isEmpty()
        ? openCall(ImplicitSessions.unnamed(), receiver)
        : implicit.get().openCall(sessionId, session -> open(session, receiver));
  }

  /// Opens a call with a session of its own, which ends with it; waits for its voice. It is
  /// admitted once there is text to speak.
  ///
  /// @throws WorkerException `INVALID_FIELD`, `BUDGET_EXCEEDED`, `NO_CAPACITY`, `DRAINING`, and as
  ///   [Models#acquire]
  public CallTask openCall(StandaloneCall asked, FrameReceiver receiver) {
    refuseWhenDraining();
    String id = SessionIds.of(asked);
    VoiceLease lease = models.acquire(asked.modelId());
    Session session = factory.create(id, lease, () -> asked, nanoTime.getAsLong());
    try {
      return open(session, receiver);
    } finally {
      session.endWithCall();
    }
  }

  private CallTask open(Session session, FrameReceiver receiver) {
    CallTask opened = callFactory.open(session, receiver);
    if (draining) {
      // The drain may have passed before this call was registered.
      opened.call().liftLeadLimit();
    }
    return opened;
  }

  /// Executes a command on the running calls of one session.
  ///
  /// @return what had left of each call when it was paused or stopped, the oldest first; empty for
  ///   RESUME
  /// @throws WorkerException `MISSING_FIELD` or `SESSION_NOT_FOUND`
  public List<Receipt> control(String sessionId, CallCommand command) {
    SessionIds.requirePresent(sessionId);
    Session session = open.find(sessionId);
    session.touch(nanoTime.getAsLong());
    List<Receipt> receipts = execute(command, session.calls());
    LOG.atInfo().addKeyValue("session_id", sessionId).log("{} received", command);
    return receipts;
  }

  private List<Receipt> execute(CallCommand command, List<Call> running) {
    return switch (command) {
      case PAUSE -> {
        running.forEach(Call::pause);
        // One wait for all calls, however many readers have stopped.
        long until = nanoTime.getAsLong() + Call.FLUSH_WAIT_NANOS;
        yield running.stream().map(call -> call.awaitFlushed(until)).toList();
      }
      case RESUME -> {
        running.forEach(Call::resume);
        yield List.of();
      }
      case STOP -> running.stream().map(call -> call.stop(CallEnd.STOPPED)).toList();
    };
  }

  /// Rescans the voicepacks without affecting running calls. Without an id it is an operator's
  /// command; an id must be that of an open session.
  ///
  /// @return what was done, for people
  /// @throws WorkerException `SESSION_NOT_FOUND`
  public String reload(String sessionId) {
    if (!sessionId.isEmpty()) {
      open.find(sessionId).touch(nanoTime.getAsLong());
    }
    return models.reload();
  }

  public int openSessions() {
    return open.size();
  }

  /// Open calls over all sessions.
  public int runningCalls() {
    return calls.size();
  }

  /// Calls that wait for admission.
  public int queuedCalls() {
    return calls.queued();
  }

  /// Calls that were admitted so far, each counted once.
  public long callsBegun() {
    return calls.begun();
  }

  /// Calls that failed or were refused so far.
  public long callsFailed() {
    return calls.failed();
  }

  /// Admissions so far, those after a stall included.
  public long admissions() {
    return calls.counts().admissions();
  }

  /// Total queueing delay of them, in seconds.
  public double admissionWaitSeconds() {
    return calls.counts().waitedSeconds();
  }

  /// Bytes of buffered text: received and not yet synthesized.
  public long waitingTextBytes() {
    return waitingText.used();
  }

  /// Frames computed and not yet sent, over all calls.
  public int framesWaiting() {
    return calls.framesWaiting();
  }

  /// The open calls, the oldest first.
  public List<CallSnapshot> calls() {
    return calls.snapshots();
  }

  /// Ends sessions that have been idle for longer than `session.idle_ttl_ms`; to be called
  /// periodically.
  public void endIdle() {
    open.endIdle();
  }

  /// Refuses new sessions and calls from now on; running calls finish as fast as their readers
  /// read.
  public void drain() {
    draining = true;
    calls.liftLeadLimit();
  }

  /// Waits until no call is open; false after a timeout.
  public boolean awaitNoCalls(Duration patience) throws InterruptedException {
    return calls.awaitEmpty(patience);
  }

  /// Ends every session and call.
  public void endAll() {
    open.endAll("the worker stops");
  }

  /// The share of the inference threads that the running calls need in the long run, 0..1.
  public double committedShare() {
    return calls.committedShare();
  }

  private void refuseWhenDraining() {
    if (draining) {
      throw draining();
    }
  }

  private static WorkerException draining() {
    return new WorkerException(ErrorCode.DRAINING, "Worker is draining");
  }
}
