package dev.ttsworker.config;

import java.nio.file.Path;
import java.util.Optional;

/// `tls.*`; cleartext when there is no certificate.
///
/// @param clientCaFile when given, clients must show a certificate signed by it
public record TlsSettings(
    Optional<Path> certFile, Optional<Path> keyFile, Optional<Path> clientCaFile) {}
