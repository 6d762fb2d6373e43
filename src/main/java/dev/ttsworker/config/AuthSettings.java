package dev.ttsworker.config;

import java.nio.file.Path;
import java.util.Optional;

/// `auth.*`.
///
/// @param tokensFile when given, calls must carry one of its tokens
public record AuthSettings(Optional<Path> tokensFile) {}
