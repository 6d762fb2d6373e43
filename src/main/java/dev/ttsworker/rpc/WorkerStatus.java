package dev.ttsworker.rpc;

import dev.ttsworker.config.CapabilitySettings;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// What GetCapabilities tells beside sessions and models.
///
/// @param capabilities as configured
/// @param device `cpu` or `cuda:0`
/// @param deviceReason why inference runs there
/// @param realTimeFactor computing time per audio time, measured
/// @param queueDepth work waiting for an inference thread
/// @param inferenceThreads how much runs at once
public record WorkerStatus(
    CapabilitySettings capabilities,
    String device,
    String deviceReason,
    DoubleSupplier realTimeFactor,
    IntSupplier queueDepth,
    int inferenceThreads) {}
