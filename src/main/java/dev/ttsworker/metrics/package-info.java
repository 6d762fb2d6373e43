/// Every metric's name and how it is counted.
///
/// Uses: the Prometheus client.
@NullMarked
package dev.ttsworker.metrics;

import org.jspecify.annotations.NullMarked;
