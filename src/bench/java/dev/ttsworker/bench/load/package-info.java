/// Load generators, and what is counted of them.
@NullMarked
package dev.ttsworker.bench.load;

import org.jspecify.annotations.NullMarked;
