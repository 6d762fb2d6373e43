package dev.ttsworker.http;

import java.util.concurrent.ThreadFactory;

/// Where the port has its threads from.
///
/// @param wire one platform thread, for all connections
/// @param requests virtual ones, one for each request
public record HttpThreads(ThreadFactory wire, ThreadFactory requests) {}
