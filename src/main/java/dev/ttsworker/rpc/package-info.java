/// Speaks the proto: messages to calls and back, flow control, and the one place that maps failures
/// to statuses.
///
/// Uses: session, model, health, metrics, config, error, audio; io.grpc, protobuf, the generated
/// classes.
@NullMarked
package dev.ttsworker.rpc;

import org.jspecify.annotations.NullMarked;
