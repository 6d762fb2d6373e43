/// Limits of connections, frames and messages, and counts of what is refused.
@NullMarked
package dev.ttsworker.grpc.limits;

import org.jspecify.annotations.NullMarked;
