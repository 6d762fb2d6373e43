/// Bounds what a connection may do and hold, and counts those that are refused.
@NullMarked
package dev.ttsworker.grpc.limits;

import org.jspecify.annotations.NullMarked;
