/// Client of a worker: TLS, certificates, tokens, and the diagnosis of failed calls.
@NullMarked
package dev.ttsworker.client;

import org.jspecify.annotations.NullMarked;
