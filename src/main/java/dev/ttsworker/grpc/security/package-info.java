/// Who may speak with the port: certificates and tokens, read again when their files change.
@NullMarked
package dev.ttsworker.grpc.security;

import org.jspecify.annotations.NullMarked;
