/// Limits of connections, and counters of what they refuse.
@NullMarked
package dev.ttsworker.grpc.limits;

import org.jspecify.annotations.NullMarked;
