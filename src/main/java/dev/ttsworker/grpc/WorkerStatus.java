package dev.ttsworker.grpc;

import dev.ttsworker.config.CapabilitySettings;
import java.util.Map;
import java.util.function.Supplier;

/// What GetCapabilities tells beside models and readiness.
///
/// @param capabilities as configured
/// @param device `cpu` or `cuda:0`
/// @param deviceReason why inference runs there
/// @param figures the worker's numbers of this moment by name, such as `rtf`
public record WorkerStatus(
    CapabilitySettings capabilities,
    Supplier<String> device,
    Supplier<String> deviceReason,
    Supplier<Map<String, Double>> figures) {}
