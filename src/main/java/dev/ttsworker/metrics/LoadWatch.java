package dev.ttsworker.metrics;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/// What is asked whenever metrics are read.
///
/// @param fallbackInUse whether the fallback speaks in place of the default model
/// @param queueDepth work that waits for an inference thread
/// @param queuedCalls calls that wait for capacity
/// @param framesWaiting computed frames that have not left
/// @param capacityUsed share of the inference threads in use or promised, 0..1
public record LoadWatch(
    BooleanSupplier fallbackInUse,
    IntSupplier queueDepth,
    IntSupplier queuedCalls,
    IntSupplier framesWaiting,
    DoubleSupplier capacityUsed) {}
