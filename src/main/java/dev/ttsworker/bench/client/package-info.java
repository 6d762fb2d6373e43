/// Servers that the benchmark speaks with, and how it speaks with them.
///
/// Uses: error, the generated client; io.grpc, com.google.rpc.
@NullMarked
package dev.ttsworker.bench.client;

import org.jspecify.annotations.NullMarked;
