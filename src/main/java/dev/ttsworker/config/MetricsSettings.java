package dev.ttsworker.config;

/// `metrics.*`.
///
/// @param prometheusPort 0 for any free port
public record MetricsSettings(
    boolean enabled,
    int prometheusPort,
    boolean trackLatency,
    boolean trackRtf,
    boolean trackQueueDepth) {}
