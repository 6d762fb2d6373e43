/// Every metric's name and how it is counted.
///
/// Uses: error; io.prometheus.
@NullMarked
package dev.ttsworker.metrics;

import org.jspecify.annotations.NullMarked;
