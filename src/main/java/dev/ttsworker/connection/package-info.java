/// Bounds what a connection may do, and counts those that are refused.
///
/// Uses: config, metrics; io.grpc's server on Netty, io.netty, slf4j.
@NullMarked
package dev.ttsworker.connection;

import org.jspecify.annotations.NullMarked;
