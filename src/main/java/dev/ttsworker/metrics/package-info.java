/// Metrics: names, labels, and how they are counted.
@NullMarked
package dev.ttsworker.metrics;

import org.jspecify.annotations.NullMarked;
