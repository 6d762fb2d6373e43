/// Every metric's name and how it is counted.
@NullMarked
package dev.ttsworker.metrics;

import org.jspecify.annotations.NullMarked;
