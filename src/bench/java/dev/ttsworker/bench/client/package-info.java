/// Clients of the servers under test.
@NullMarked
package dev.ttsworker.bench.client;

import org.jspecify.annotations.NullMarked;
