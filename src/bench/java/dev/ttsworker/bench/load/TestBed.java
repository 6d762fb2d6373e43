package dev.ttsworker.bench.load;

import dev.ttsworker.bench.client.SpeechTarget;
import dev.ttsworker.bench.server.ServerUsage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/// What every load needs.
///
/// @param title of server and sentences, for people
/// @param target whom to have speak
/// @param usage what that server uses
/// @param seed of every random choice
/// @param timer one thread, on which all streams begin their calls; only listeners run elsewhere
/// @param clock in nanoseconds, as `System.nanoTime`
public record TestBed(
    String title,
    SpeechTarget target,
    ServerUsage usage,
    SentenceSet sentences,
    long seed,
    ScheduledExecutorService timer,
    LongSupplier clock,
    RunProgress progress) {}
