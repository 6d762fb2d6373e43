/// The loads, and what is counted of them.
///
/// Uses: bench.client, bench.report, bench.server, error.
@NullMarked
package dev.ttsworker.bench.load;

import org.jspecify.annotations.NullMarked;
