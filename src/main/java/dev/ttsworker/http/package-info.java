/// The port for people and Prometheus: metrics, probes, and a page to look at and speak from.
///
/// Uses: session, synthesis, model, voicepack, health, config, error; Jackson, the Prometheus
/// client, slf4j.
@NullMarked
package dev.ttsworker.http;

import org.jspecify.annotations.NullMarked;
