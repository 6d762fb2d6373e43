/// The servers' processes: starts workers, and tells what a server uses.
@NullMarked
package dev.ttsworker.bench.server;

import org.jspecify.annotations.NullMarked;
