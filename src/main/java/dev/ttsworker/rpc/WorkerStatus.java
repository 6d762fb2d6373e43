package dev.ttsworker.rpc;

import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.synthesis.CostMeter;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// What GetCapabilities tells beside sessions and models.
///
/// @param capabilities as configured
/// @param device `cpu` or `cuda:0`
/// @param deviceReason why inference runs there
/// @param cost what speech costs, measured
/// @param queueDepth work waiting for an inference thread
/// @param capacityUsed share of the inference threads in use or promised, 0..1
public record WorkerStatus(
    CapabilitySettings capabilities,
    String device,
    String deviceReason,
    CostMeter cost,
    IntSupplier queueDepth,
    DoubleSupplier capacityUsed) {}
