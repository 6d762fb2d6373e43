package dev.ttsworker.engine.runtime.gpu;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/// What all accelerators of a process share.
///
/// @param nanoTime the clock
/// @param threads makes the platform threads that submit batches, open and close
/// @param timer begins the opening anew after a failure
/// @param limits when an accelerator counts as one that does not answer
record GpuServices(
    LongSupplier nanoTime,
    ThreadFactory threads,
    ScheduledExecutorService timer,
    TimeLimits limits) {}
