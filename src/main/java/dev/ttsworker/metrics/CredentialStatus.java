package dev.ttsworker.metrics;

import java.time.Instant;
import java.util.Optional;

/// How files of certificates or tokens stand, which are read again when they change.
///
/// @param role what they are for: `server_certificate` (with its key), `client_ca` or `tokens`
/// @param failedReloads times since the start that changed files could not be used
/// @param reloadFailed whether the latest change could not be used, so that what was read before is
///   still in use
/// @param expires when the first of the certificates in use expires; empty for tokens
public record CredentialStatus(
    String role, long failedReloads, boolean reloadFailed, Optional<Instant> expires) {}
