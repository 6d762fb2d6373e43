/// Bounds what a connection may do and hold, and counts those that are refused.
///
/// Uses: config, metrics, error; io.grpc's server on Netty, io.netty, slf4j.
@NullMarked
package dev.ttsworker.connection;

import org.jspecify.annotations.NullMarked;
