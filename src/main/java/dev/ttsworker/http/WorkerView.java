package dev.ttsworker.http;

import dev.ttsworker.health.Readiness;
import dev.ttsworker.session.CallSnapshot;
import dev.ttsworker.voices.ModelStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// What probes and page may know of the worker; each supplier answers at once, on any thread.
///
/// @param name `worker.name`
/// @param advertisedAddress `worker.advertise_addr`
/// @param device `cpu` or `cuda:0`
/// @param deviceReason why inference runs there
/// @param queueDepth work waiting for an inference thread
/// @param capacityUsed share of the inference threads in use or promised, 0..1
public record WorkerView(
    String name,
    Optional<String> advertisedAddress,
    Supplier<String> device,
    Supplier<String> deviceReason,
    Readiness readiness,
    Supplier<List<ModelStatus>> models,
    Supplier<List<CallSnapshot>> calls,
    IntSupplier openSessions,
    IntSupplier queueDepth,
    DoubleSupplier capacityUsed) {}
