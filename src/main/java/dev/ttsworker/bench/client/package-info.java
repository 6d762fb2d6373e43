/// Servers that the benchmark speaks with, and how it speaks with them.
///
/// Uses: client, error, the generated client; io.grpc, com.google.rpc.
@NullMarked
package dev.ttsworker.bench.client;

import org.jspecify.annotations.NullMarked;
