/// The port for people and Prometheus: metrics, probes, and a page to look at and speak from.
@NullMarked
package dev.ttsworker.http;

import org.jspecify.annotations.NullMarked;
