package dev.ttsworker.config;

import java.util.List;

/// Worker configuration: the whole of worker.yaml, with environment and command line applied. Every
/// value is valid.
///
/// @param warnings what is odd but allowed, one line each, for the log
public record WorkerConfig(
    WorkerSettings worker,
    ModelSettings models,
    EngineSettings engine,
    AudioSettings audio,
    SynthesisSettings synthesis,
    TextSettings text,
    SessionSettings sessions,
    AdmissionSettings admission,
    LimitSettings limits,
    ConnectionSettings connections,
    RedisSettings redis,
    MetricsSettings metrics,
    LoggingSettings logging,
    TlsSettings tls,
    AuthSettings auth,
    ClientSettings clients,
    TelemetrySettings telemetry,
    List<String> warnings) {
  public WorkerConfig {
    warnings = List.copyOf(warnings);
  }
}
