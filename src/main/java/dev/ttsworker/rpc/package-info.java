/// Speaks the proto: messages to calls and back, flow control, and the one place that maps failures
/// to statuses.
///
/// Uses: session, synthesis, model, voicepack, health, metrics, config, access, connection, error;
/// io.grpc, protobuf, the generated classes.
@NullMarked
package dev.ttsworker.rpc;

import org.jspecify.annotations.NullMarked;
