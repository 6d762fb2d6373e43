/// Benchmark: what is measured in which order, reports as text, JSON and a page, reference designs.
@NullMarked
package dev.ttsworker.bench;

import org.jspecify.annotations.NullMarked;
