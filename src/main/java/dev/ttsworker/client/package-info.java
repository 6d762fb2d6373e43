/// Connects to a worker: TLS, certificates, tokens, and what a failed call means.
///
/// Uses: error; io.grpc, io.netty.
@NullMarked
package dev.ttsworker.client;

import org.jspecify.annotations.NullMarked;
