package dev.ttsworker.config;

import java.net.URI;
import java.util.Optional;

/// `telemetry.*`: export of traces.
///
/// @param otlpEndpoint of the collector, OTLP over HTTP; empty for no export
/// @param sampleRatio of the calls whose caller has not decided, 0 to 1
public record TelemetrySettings(
    Optional<URI> otlpEndpoint, String serviceName, double sampleRatio) {}
