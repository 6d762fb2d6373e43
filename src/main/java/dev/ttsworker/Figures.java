package dev.ttsworker;

import dev.ttsworker.engine.runtime.Utilisation;
import dev.ttsworker.session.SessionManager;
import java.util.Map;
import java.util.function.LongSupplier;

/// The worker's numbers of this moment, the same for everyone who tells them: GetCapabilities, the
/// record in Redis, metrics and page. Answers at once, on any thread.
final class Figures {
  private final Engine engine;
  private final SessionManager sessions;
  private final Utilisation utilisation;

  Figures(Engine engine, SessionManager sessions, LongSupplier clock) {
    this.engine = engine;
    this.sessions = sessions;
    this.utilisation = new Utilisation(engine.scheduler(), clock);
  }

  /// By the names of GetCapabilities.
  Map<String, Double> all() {
    return Map.of(
        "rtf",
        engine.cost().cost(),
        "queue_depth",
        (double) queueDepth(),
        "active_sessions",
        (double) sessions.openSessions(),
        "active_streams",
        (double) sessions.runningCalls(),
        "capacity_used",
        capacityUsed(),
        "inference_seconds",
        engine.cost().inferenceSeconds(),
        "audio_seconds",
        engine.cost().audioSeconds(),
        "queued_calls",
        (double) sessions.queuedCalls(),
        "admissions",
        (double) sessions.admissions(),
        "admission_wait_seconds",
        sessions.admissionWaitSeconds());
  }

  /// Work that waits for an inference thread.
  int queueDepth() {
    return engine.scheduler().queueDepth();
  }

  /// Share of the inference threads in use or promised, 0..1.
  double capacityUsed() {
    return Math.max(utilisation.share(), sessions.committedShare());
  }

  /// To be called every second.
  void sample() {
    utilisation.sample();
  }
}
