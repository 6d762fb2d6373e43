package dev.ttsworker.session;

import dev.ttsworker.engine.SpeechEngine;
import java.util.Map;

/// Current worker statistics, shared by GetCapabilities, the record in Redis, metrics and the page.
/// Non-blocking, on any thread.
public final class WorkerStats {
  private final SpeechEngine engine;
  private final SessionManager sessions;

  public WorkerStats(SpeechEngine engine, SessionManager sessions) {
    this.engine = engine;
    this.sessions = sessions;
  }

  /// By their names in GetCapabilities.
  public Map<String, Double> all() {
    return Map.of(
        "rtf",
        engine.costs().realTimeFactor(),
        "queue_depth",
        (double) queueDepth(),
        "active_sessions",
        (double) sessions.openSessions(),
        "active_streams",
        (double) sessions.runningCalls(),
        "capacity_used",
        capacityUsed(),
        "inference_seconds",
        engine.costs().inferenceSeconds(),
        "audio_seconds",
        engine.costs().audioSeconds(),
        "queued_calls",
        (double) sessions.queuedCalls(),
        "admissions",
        (double) sessions.admissions(),
        "admission_wait_seconds",
        sessions.admissionWaitSeconds());
  }

  /// Calls that began so far.
  public long callsBegun() {
    return sessions.callsBegun();
  }

  /// Calls that failed or were refused so far.
  public long callsFailed() {
    return sessions.callsFailed();
  }

  /// Calls that are open.
  public int activeStreams() {
    return sessions.runningCalls();
  }

  /// Inference thread time per audio time, recent.
  public double realTimeFactor() {
    return engine.costs().realTimeFactor();
  }

  /// Jobs that wait for an inference thread.
  public int queueDepth() {
    return engine.queueDepth();
  }

  /// Share of the inference threads in use or reserved, 0..1.
  public double capacityUsed() {
    return Math.max(engine.utilization(), committedShare());
  }

  /// Share of the inference threads that the running calls need in the long run, 0..1.
  public double committedShare() {
    return sessions.committedShare();
  }
}
