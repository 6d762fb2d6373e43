package dev.ttsworker.config;

import java.util.List;

/// The whole of worker.yaml, after environment and command line had their say. Every value is
/// valid.
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
    List<String> warnings) {
  public WorkerConfig {
    warnings = List.copyOf(warnings);
  }
}
