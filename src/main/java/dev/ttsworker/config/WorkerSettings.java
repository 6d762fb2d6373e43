package dev.ttsworker.config;

import java.time.Duration;
import java.util.Optional;

/// `worker.*`.
///
/// @param grpcPort 0 for any free port
/// @param advertiseAddress what Redis readers get, such as `grpc://host:7001`; empty for
///   `grpc://<host name>:<port>`
/// @param drain longest wait for running calls at shutdown
/// @param drainGrace how long new work is accepted after SIGTERM, while balancers find out
public record WorkerSettings(
    String name,
    String grpcHost,
    int grpcPort,
    Optional<String> advertiseAddress,
    Duration drain,
    Duration drainGrace,
    CapabilitySettings capabilities) {}
