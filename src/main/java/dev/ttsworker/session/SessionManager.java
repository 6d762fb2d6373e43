package dev.ttsworker.session;

import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.engine.SpeechCosts;
import dev.ttsworker.engine.TextEvent;
import dev.ttsworker.engine.TextOptions;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.voices.Models;
import dev.ttsworker.voices.VoiceLease;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Manager of all open sessions and running calls. Thread-safe.
public final class SessionManager {
  private static final Logger LOG = LoggerFactory.getLogger(SessionManager.class);
  private static final int MAX_ID_CODE_POINTS = 256;
  private static final long MEBIBYTE = 1L << 20;

  private final Models models;
  private final SessionSettings settings;
  private final LimitSettings limits;
  private final Duration defaultMaxLead;
  private final TextOptions text;
  private final Duration maxWait;
  private final WorkerMetrics metrics;
  private final LongSupplier nanoTime;
  private final CallRegistry calls;
  private final SharedLexicons lexicons;
  private final ByteBudget waitingText;
  private final Map<String, String> workerSymbols;
  private final Map<String, Session> open = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /// @param text default text options of a session
  /// @param maxWait how long a sentence without an end mark waits for more text; zero: for ever
  /// @param maxQueueing how long a call waits for admission before it is refused
  /// @param inferenceThreads current number of inference threads
  /// @param costs measured cost of speech
  public SessionManager(
      Models models,
      SessionSettings settings,
      LimitSettings limits,
      Duration defaultMaxLead,
      TextOptions text,
      Duration maxWait,
      Duration maxQueueing,
      IntSupplier inferenceThreads,
      SpeechCosts costs,
      WorkerMetrics metrics,
      LongSupplier nanoTime) {
    this.models = models;
    this.settings = settings;
    this.limits = limits;
    this.defaultMaxLead = defaultMaxLead;
    this.text = text;
    this.workerSymbols = text.lexicon().symbols();
    this.maxWait = maxWait;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    this.calls =
        new CallRegistry(
            limits,
            maxQueueing,
            new Admission(inferenceThreads, costs),
            metrics.synthesis(),
            nanoTime);
    this.lexicons =
        new SharedLexicons(
            new ByteBudget(
                "the lexicons of sessions",
                "session.max_lexicons_mb",
                settings.maxLexiconsMb() * MEBIBYTE));
    this.waitingText =
        new ByteBudget(
            "text that waits", "limits.max_waiting_text_mb", limits.maxWaitingTextMb() * MEBIBYTE);
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
      checkId(sessionId);
      refuseWhenDraining();
      VoiceLease lease = models.acquire(modelId);
      // The lease may be closed as soon as the session is open.
      String missing = missing(lease);
      String note =
          lease.note() + (lease.note().isEmpty() ? "" : missing.isEmpty() ? "" : "; ") + missing;
      open(sessionId, lease, options);
      metrics.sessions().started(lease.modelId());
      LOG.atInfo()
          .addKeyValue("session_id", sessionId)
          .addKeyValue("model_id", lease.modelId())
          .log("Session started{}", note.isEmpty() ? "" : ": " + note);
      return "Session started on " + lease.modelId() + (note.isEmpty() ? "" : " (" + note + ")");
    } catch (WorkerException e) {
      // Not its message, which may quote the caller's options.
      LOG.atInfo()
          .addKeyValue("session_id", truncated(sessionId))
          .addKeyValue("reason", e.code())
          .log("Session refused");
      throw e;
    }
  }

  /// Takes ownership of the lease, also on failure.
  private void open(String sessionId, VoiceLease lease, Map<String, String> options) {
    SharedLexicons.LexiconLease lexicon = SharedLexicons.LexiconLease.of(text.lexicon());
    boolean opened = false;
    try {
      lexicon = lexicon(options);
      TextOptions style =
          new TextOptions(
              text.normalized(), text.emojiSaid(), text.markup(), lexicon.lexicon(), text.pauses());
      if (!options.getOrDefault("lexicon", "").isBlank()) {
        LexiconValidator.require(lexicon.lexicon(), lease.voice(), "options.lexicon");
      }
      SessionOptions read =
          SessionOptions.read(options, lease.voice().description(), defaultMaxLead, style);
      put(new Session(sessionId, lease, lexicon, read, nanoTime.getAsLong()));
      opened = true;
    } finally {
      if (!opened) {
        lexicon.close();
        lease.close();
      }
    }
  }

  /// Symbols of the worker's lexicon that the voice lacks; empty when none.
  private String missing(VoiceLease lease) {
    return LexiconValidator.missing(workerSymbols, lease.voice())
        .map(symbols -> "text.lexicon_file has phonemes that the voice lacks: " + symbols)
        .orElse("");
  }

  private SharedLexicons.LexiconLease lexicon(Map<String, String> options) {
    String words = options.getOrDefault("lexicon", "");
    return words.isBlank()
        ? SharedLexicons.LexiconLease.of(text.lexicon())
        : lexicons.acquire(words, () -> OptionReader.lexicon(words).over(text.lexicon()));
  }

  private void put(Session session) {
    Session former = open.put(session.id(), session);
    if (former != null) {
      close(former, "replaced", CallEnd.SESSION_REPLACED);
    }
    if (draining) {
      end(session, "the worker drains");
      throw draining();
    }
    evictBeyondCap(session);
    metrics.sessions().active(open.size());
  }

  /// Ends a session and its calls; an unknown id is no failure.
  public void end(String sessionId) {
    Session session = open.get(sessionId);
    if (session == null) {
      LOG.atInfo().addKeyValue("session_id", truncated(sessionId)).log("No session to end");
    } else {
      end(session, "by its caller");
    }
  }

  /// Ends exactly this session, not one that has replaced it.
  private void end(Session session, String why) {
    if (open.remove(session.id(), session)) {
      close(session, why, CallEnd.SESSION_ENDED);
      metrics.sessions().active(open.size());
    }
  }

  private void close(Session session, String why, CallEnd end) {
    if (session.end(end)) {
      Duration lasted = Duration.ofNanos(nanoTime.getAsLong() - session.openedNanos());
      metrics.sessions().ended(lasted);
      LOG.atInfo()
          .addKeyValue("session_id", session.id())
          .addKeyValue("seconds", lasted.toSeconds())
          .log("Session ended: {}", why);
    }
  }

  /// Opens a call on a session. It is admitted once there is text to speak.
  ///
  /// @throws WorkerException `MISSING_FIELD`, `SESSION_NOT_FOUND`, `NO_CAPACITY` or `DRAINING`
  public CallTask openCall(String sessionId, FrameReceiver receiver) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
    refuseWhenDraining();
    Session session = find(sessionId);
    CallTask opened = open(session, receiver);
    if (draining) {
      // The drain may have passed before this call was registered.
      opened.call().liftLeadLimit();
    }
    return opened;
  }

  private CallTask open(Session session, FrameReceiver receiver) {
    String modelId = session.lease().modelId();
    Call call =
        new Call(
            new CallText(limits, maxWait, waitingText, maxPieceChars(session.lease())),
            receiver,
            asking -> calls.admit(asking, modelId),
            new Call.CallLimits(session.options().maxLead(), settings.maxPause()),
            metrics.frames().ofCall(modelId),
            nanoTime);
    CallTask opened = new CallTask(session, call, calls::remove, metrics.synthesis(), nanoTime);
    calls.add(opened);
    if (!session.add(call, nanoTime.getAsLong())) {
      calls.remove(opened);
      throw notFound(session.id());
    }
    return opened;
  }

  /// Voices that count chunks get each chunk as it was sent; their work does not grow with its
  /// length.
  private static int maxPieceChars(VoiceLease lease) {
    return switch (lease.voice().description().input()) {
      case CHUNK -> Integer.MAX_VALUE;
      case SENTENCE -> TextEvent.Piece.LONGEST;
    };
  }

  /// Executes a command on the running calls of one session.
  ///
  /// @return what had left of each call when it was paused or stopped, the oldest first; empty for
  ///   RESUME
  /// @throws WorkerException `MISSING_FIELD` or `SESSION_NOT_FOUND`
  public List<Receipt> control(String sessionId, CallCommand command) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
    Session session = find(sessionId);
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
      find(sessionId).touch(nanoTime.getAsLong());
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
    long ttl = settings.idleTimeToLive().toNanos();
    if (ttl == 0) {
      return;
    }
    long now = nanoTime.getAsLong();
    for (Session session : List.copyOf(open.values())) {
      if (session.isIdle() && now - session.lastUsedNanos() > ttl) {
        end(session, "idle for longer than session.idle_ttl_ms");
      }
    }
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
    List.copyOf(open.values()).forEach(session -> end(session, "the worker stops"));
  }

  /// The share of the inference threads that the running calls need in the long run, 0..1.
  public double committedShare() {
    return calls.committedShare();
  }

  private Session find(String sessionId) {
    Session session = open.get(sessionId);
    if (session == null) {
      LOG.atInfo().addKeyValue("session_id", truncated(sessionId)).log("Session not found");
      throw notFound(sessionId);
    }
    return session;
  }

  private void evictBeyondCap(Session newest) {
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
      end(session, "more than session.max_open");
    });
  }

  private static void checkId(String sessionId) {
    if (sessionId.isEmpty()) {
      throw new WorkerException(ErrorCode.MISSING_FIELD, "Missing session_id");
    }
    int length = sessionId.codePointCount(0, sessionId.length());
    if (length > MAX_ID_CODE_POINTS) {
      throw new WorkerException(
          ErrorCode.INVALID_FIELD,
          "session_id has " + length + " characters; allowed: 1 to " + MAX_ID_CODE_POINTS);
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
    return new WorkerException(
        ErrorCode.SESSION_NOT_FOUND, "Session " + truncated(sessionId) + " not found");
  }

  private static String truncated(String sessionId) {
    int length = sessionId.codePointCount(0, sessionId.length());
    return length > MAX_ID_CODE_POINTS
        ? sessionId.substring(0, sessionId.offsetByCodePoints(0, MAX_ID_CODE_POINTS)) + "…"
        : sessionId;
  }
}
