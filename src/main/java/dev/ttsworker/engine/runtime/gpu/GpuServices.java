package dev.ttsworker.engine.runtime.gpu;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/// Shared services and limits of all accelerators of a process.
///
/// @param nanoTime the clock
/// @param threads makes the platform threads that submit batches, open and close sessions
/// @param background opens sessions beside those that are needed first, one after the other
/// @param timer schedules the reopening after a failure
/// @param limits time limits of a responsive accelerator
record GpuServices(
    LongSupplier nanoTime,
    ThreadFactory threads,
    ExecutorService background,
    ScheduledExecutorService timer,
    TimeLimits limits) {}
