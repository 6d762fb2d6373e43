package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// Every metric of this worker. Thread-safe; all methods are cheap.
public final class WorkerMetrics {
  private final MetricFactory make;
  private final Counter synthesisRequests;
  private final Histogram synthesisSeconds;
  private final Gauge realTimeFactor;
  private final Histogram firstAudioSeconds;
  private final Counter framesGenerated;
  private final Counter framesSent;
  private final Gauge sessionsActive;
  private final Counter sessions;
  private final Histogram sessionSeconds;
  private final Histogram controlSeconds;
  private final Histogram modelLoadSeconds;
  private final Counter modelLoads;
  private final Counter modelLoadErrors;
  private final Counter modelUnloads;
  private final Counter modelEvictions;
  private final Gauge modelsResident;
  private final Counter unknownPhonemes;
  private final Info device;
  private final Counter grpcRequests;
  private final Counter grpcErrors;
  private final Histogram grpcSeconds;

  public WorkerMetrics(PrometheusRegistry registry) {
    make = new MetricFactory(registry);
    synthesisRequests =
        make.counter(
            "tts_synthesis_requests_total", "Synthesize calls that ended", "model_id", "outcome");
    synthesisSeconds =
        make.latency("tts_synthesis_duration_seconds", "From the opening of a call to its end");
    realTimeFactor =
        make.gauge("tts_synthesis_rtf", "Computing time per audio time, latest call", "model_id");
    firstAudioSeconds =
        make.latency(
            "tts_first_audio_latency_seconds",
            "From the opening of a call to its first frame",
            "model_id");
    framesGenerated =
        make.counter("tts_audio_frames_generated_total", "Frames of 20 ms that were computed");
    framesSent = make.counter("tts_frames_sent_total", "Frames of 20 ms that left");
    sessionsActive = make.gauge("tts_sessions_active", "Open sessions");
    sessions = make.counter("tts_sessions_total", "Sessions that were opened", "model_id");
    sessionSeconds = make.latency("tts_session_duration_seconds", "Life of a session");
    controlSeconds =
        make.latency("tts_control_latency_seconds", "Time to carry a command out", "command");
    modelLoadSeconds =
        make.latency("tts_model_load_duration_seconds", "Time to load and warm up a model");
    modelLoads = make.counter("tts_model_load_total", "Models loaded");
    modelLoadErrors = make.counter("tts_model_load_errors_total", "Models that did not load");
    modelUnloads = make.counter("tts_model_unload_total", "Models that left memory");
    modelEvictions =
        make.counter("tts_model_eviction_total", "Models evicted for idleness or room");
    modelsResident = make.gauge("tts_models_resident_count", "Models in memory");
    unknownPhonemes =
        make.counter("tts_unknown_phonemes_total", "Phonemes that a voice has no id for");
    device = make.info("tts_device_info", "Where inference runs and why", "device", "reason");
    grpcRequests = make.counter("tts_grpc_requests_total", "Calls that ended", "method");
    grpcErrors =
        make.counter(
            "tts_grpc_request_errors_total", "Calls that ended with an error", "method", "code");
    grpcSeconds = make.latency("tts_grpc_request_duration_seconds", "Life of a call", "method");
  }

  /// Counts a Synthesize call.
  ///
  /// @param outcome completed, stopped, cancelled or failed
  public void synthesisEnded(String modelId, String outcome, Duration took) {
    synthesisRequests.labelValues(modelId, outcome).inc();
    synthesisSeconds.observe(seconds(took));
  }

  public void realTimeFactor(String modelId, double factor) {
    realTimeFactor.labelValues(modelId).set(factor);
  }

  public void firstAudio(String modelId, Duration latency) {
    firstAudioSeconds.labelValues(modelId).observe(seconds(latency));
  }

  public void framesGenerated(long count) {
    framesGenerated.inc(count);
  }

  public void framesSent(long count) {
    framesSent.inc(count);
  }

  public void sessionsOpen(int count) {
    sessionsActive.set(count);
  }

  public void sessionStarted(String modelId) {
    sessions.labelValues(modelId).inc();
  }

  public void sessionEnded(Duration life) {
    sessionSeconds.observe(seconds(life));
  }

  public void controlled(String command, Duration took) {
    controlSeconds.labelValues(command).observe(seconds(took));
  }

  public void modelLoaded(Duration took) {
    modelLoads.inc();
    modelLoadSeconds.observe(seconds(took));
  }

  public void modelLoadFailed() {
    modelLoadErrors.inc();
  }

  public void modelUnloaded(boolean evicted) {
    modelUnloads.inc();
    if (evicted) {
      modelEvictions.inc();
    }
  }

  public void modelsResident(int count) {
    modelsResident.set(count);
  }

  public void unknownPhonemes(int count) {
    unknownPhonemes.inc(count);
  }

  /// Watches whether the fallback speaks in place of the default model, and how much work waits.
  public void watch(BooleanSupplier fallbackInUse, IntSupplier queueDepth) {
    make.watchedGauge(
        "tts_fallback_in_use",
        "1 while the fallback speaks in place of the default model",
        () -> fallbackInUse.getAsBoolean() ? 1 : 0);
    make.watchedGauge(
        "tts_session_queue_depth", "Work that waits for an inference thread", queueDepth::getAsInt);
  }

  public void device(String name, String reason) {
    device.setLabelValues(name, reason);
  }

  /// Counts a call of any method.
  ///
  /// @param code name of the status the call ended with, `OK` when it ended well
  public void grpcCallEnded(String method, String code, Duration took) {
    grpcRequests.labelValues(method).inc();
    grpcSeconds.labelValues(method).observe(seconds(took));
    if (!code.equals("OK")) {
      grpcErrors.labelValues(method, code).inc();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
