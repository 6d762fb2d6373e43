/// Client side of the wire: TLS, certificates, tokens, and what a failed call means.
@NullMarked
package dev.ttsworker.client;

import org.jspecify.annotations.NullMarked;
