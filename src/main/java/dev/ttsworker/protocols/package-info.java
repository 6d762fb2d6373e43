/// Protocols of other servers: which of them are on, and where.
@NullMarked
package dev.ttsworker.protocols;

import org.jspecify.annotations.NullMarked;
