/// Authentication: certificates and tokens, reloaded when their files change.
@NullMarked
package dev.ttsworker.grpc.security;

import org.jspecify.annotations.NullMarked;
