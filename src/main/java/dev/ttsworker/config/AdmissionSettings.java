package dev.ttsworker.config;

import java.time.Duration;

/// `admission.*`.
///
/// @param maxWait how long a call waits for capacity before it is refused
public record AdmissionSettings(Duration maxWait) {}
