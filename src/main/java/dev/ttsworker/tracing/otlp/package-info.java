/// Export of traces by OpenTelemetry's SDK, which is only loaded when it is configured.
@NullMarked
package dev.ttsworker.tracing.otlp;

import org.jspecify.annotations.NullMarked;
