/// The servers' processes: starts workers, and tells what a server uses.
///
/// Uses: client, bench.client, bench.report, error.
@NullMarked
package dev.ttsworker.bench.server;

import org.jspecify.annotations.NullMarked;
