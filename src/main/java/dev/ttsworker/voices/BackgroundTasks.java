package dev.ttsworker.voices;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/// Background execution of the voice manager: its threads, timer and clock.
///
/// @param threads makes the platform threads that load, and the one that looks after the default
/// @param timer runs short tasks later; its owner closes it, after the models
/// @param nanoClock a clock that only goes forward, in nanoseconds, such as `System::nanoTime`
public record BackgroundTasks(
    ThreadFactory threads, ScheduledExecutorService timer, LongSupplier nanoClock) {}
