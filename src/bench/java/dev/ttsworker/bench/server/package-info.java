/// Server processes: starts workers, and reads what a server uses.
@NullMarked
package dev.ttsworker.bench.server;

import org.jspecify.annotations.NullMarked;
