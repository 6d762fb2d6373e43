/// Servers that the benchmark speaks with, and how it speaks with them.
@NullMarked
package dev.ttsworker.bench.client;

import org.jspecify.annotations.NullMarked;
