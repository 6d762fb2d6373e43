package dev.ttsworker.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// Gauges of load, read at each scrape.
///
/// @param fallbackInUse whether the fallback speaks in place of the default model
/// @param queueDepth jobs that wait for an inference thread
/// @param queuedCalls calls that wait for admission
/// @param framesWaiting frames computed and not yet sent
/// @param capacityUsed share of the inference threads in use or reserved, 0..1
public record LoadGauges(
    BooleanSupplier fallbackInUse,
    IntSupplier queueDepth,
    IntSupplier queuedCalls,
    IntSupplier framesWaiting,
    DoubleSupplier capacityUsed) {}
