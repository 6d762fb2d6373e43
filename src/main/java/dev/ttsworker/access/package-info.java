/// Who may speak with the port: certificates and tokens, read again when their files change.
///
/// Uses: config, metrics, error; io.grpc, slf4j.
@NullMarked
package dev.ttsworker.access;

import org.jspecify.annotations.NullMarked;
