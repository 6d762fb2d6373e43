/// Metrics: names, and how each is counted.
@NullMarked
package dev.ttsworker.metrics;

import org.jspecify.annotations.NullMarked;
