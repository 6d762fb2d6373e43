package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;

/// Metrics of sessions and control commands. Thread-safe.
public final class SessionMetrics {
  private final Gauge active;
  private final Counter opened;
  private final Histogram lifeSeconds;
  private final Histogram controlSeconds;

  SessionMetrics(MetricFactory factory, MetricFactory latency) {
    active = factory.gauge("tts_sessions_active", "Open sessions");
    opened = factory.counter("tts_sessions_total", "Sessions that were opened", "model_id");
    lifeSeconds =
        factory.durations(
            "tts_session_duration_seconds", "From the opening of a session to its end");
    controlSeconds =
        latency.durations(
            "tts_control_latency_seconds",
            "From a Control request to its answer, after which the command is in force",
            "command");
  }

  public void active(int count) {
    active.set(count);
  }

  public void started(String modelId) {
    opened.labelValues(modelId).inc();
  }

  public void ended(Duration life) {
    lifeSeconds.observe(Seconds.of(life));
  }

  /// Records an executed command.
  ///
  /// @param command PAUSE, RESUME, STOP, RELOAD, or UNRECOGNIZED
  public void controlled(String command, Duration took) {
    controlSeconds.labelValues(command).observe(Seconds.of(took));
  }
}
