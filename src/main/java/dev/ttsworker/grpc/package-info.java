/// gRPC server: messages to calls and back, flow control, and the mapping of failures to statuses.
@NullMarked
package dev.ttsworker.grpc;

import org.jspecify.annotations.NullMarked;
