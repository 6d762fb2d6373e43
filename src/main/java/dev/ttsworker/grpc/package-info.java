/// Speaks the proto: messages to calls and back, flow control, and the one place that maps failures
/// to statuses.
@NullMarked
package dev.ttsworker.grpc;

import org.jspecify.annotations.NullMarked;
