/// Distributed tracing: which trace a request belongs to, and the timeline of a call.
@NullMarked
package dev.ttsworker.tracing;

import org.jspecify.annotations.NullMarked;
