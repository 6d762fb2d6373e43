package dev.ttsworker.wyoming;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;

/// Threads of the port.
///
/// @param wire one platform thread, for all connections
/// @param conversations a virtual thread for each connection; the port shuts it down
/// @param speakers a virtual thread for each call
public record WyomingThreads(
    ThreadFactory wire, ExecutorService conversations, ExecutorService speakers) {}
