package dev.ttsworker.http;

import java.util.concurrent.ThreadFactory;

/// Thread factories of the HTTP port.
///
/// @param wire one platform thread, for all connections
/// @param requests virtual threads, one for each request
public record HttpThreads(ThreadFactory wire, ThreadFactory requests) {}
