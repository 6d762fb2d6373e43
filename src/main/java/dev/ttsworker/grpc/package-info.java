/// gRPC port: messages to calls and back, flow control, health, reflection, the one table of
/// statuses.
@NullMarked
package dev.ttsworker.grpc;

import org.jspecify.annotations.NullMarked;
