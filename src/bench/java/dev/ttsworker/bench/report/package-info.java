/// Results of a benchmark.
@NullMarked
package dev.ttsworker.bench.report;

import org.jspecify.annotations.NullMarked;
