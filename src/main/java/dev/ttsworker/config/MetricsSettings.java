package dev.ttsworker.config;

/// `metrics.*`.
///
/// @param host address to listen on
/// @param prometheusPort 0 for any free port
/// @param page whether there is a page for people beside the metrics
public record MetricsSettings(
    boolean enabled,
    String host,
    int prometheusPort,
    boolean page,
    boolean trackLatency,
    boolean trackRtf,
    boolean trackQueueDepth) {}
