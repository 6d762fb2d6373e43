/// HTTP server for operators: metrics, probes, and a status page with a synthesis form.
@NullMarked
package dev.ttsworker.http;

import org.jspecify.annotations.NullMarked;
