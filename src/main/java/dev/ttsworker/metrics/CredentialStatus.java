package dev.ttsworker.metrics;

import java.time.Instant;
import java.util.Optional;

/// Status of reloadable files of certificates or tokens.
///
/// @param role of the files: `server_certificate` (with its key), `client_ca` or `tokens`
/// @param failedReloads number of changes since the start that could not be used
/// @param reloadFailed whether the latest change could not be used, so that the previous content is
///   still in use
/// @param expires earliest expiry of the certificates in use; empty for tokens
public record CredentialStatus(
    String role, long failedReloads, boolean reloadFailed, Optional<Instant> expires) {}
