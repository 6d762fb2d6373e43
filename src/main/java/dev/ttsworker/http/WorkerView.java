package dev.ttsworker.http;

import dev.ttsworker.health.Readiness;
import dev.ttsworker.session.CallSnapshot;
import dev.ttsworker.voicepack.catalogue.CatalogueEntry;
import dev.ttsworker.voices.ModelStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// View of the worker for probes and page; each supplier is non-blocking and thread-safe.
///
/// @param name `worker.name`
/// @param advertisedAddress `worker.advertise_addr`
/// @param protocols that clients can speak, for people
/// @param device `cpu` or `cuda:0`
/// @param deviceReason why inference runs there
/// @param installable the voices that can be installed by name; the one that reads files
/// @param queueDepth jobs that wait for an inference thread
/// @param capacityUsed share of the inference threads in use or reserved, 0..1
public record WorkerView(
    String name,
    Optional<String> advertisedAddress,
    Supplier<List<String>> protocols,
    Supplier<String> device,
    Supplier<String> deviceReason,
    Readiness readiness,
    Supplier<List<ModelStatus>> models,
    Supplier<List<CatalogueEntry>> installable,
    Supplier<List<CallSnapshot>> calls,
    IntSupplier openSessions,
    IntSupplier queueDepth,
    DoubleSupplier capacityUsed) {}
