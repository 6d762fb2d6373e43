package dev.ttsworker.http;

import dev.ttsworker.health.Readiness;
import dev.ttsworker.http.Latencies.Latency;
import dev.ttsworker.session.CallSnapshot;
import dev.ttsworker.voices.ModelStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Status report: content of `status.json`.
final class StatusReport {
  private static final int MAX_CALLS = 100;
  private static final String UNKNOWN = "unknown";

  private final WorkerView view;
  private final Latencies latencies;
  private final int longestText;

  /// @param longestText maximum characters of one text; 0 when the page cannot speak
  StatusReport(WorkerView view, Latencies latencies, int longestText) {
    this.view = view;
    this.latencies = latencies;
    this.longestText = longestText;
  }

  /// `status.json`, with names in snake_case.
  ///
  /// @param runningCalls number of all calls; `calls` lists the first hundred
  record Status(
      String name,
      String state,
      String reason,
      String device,
      String deviceReason,
      List<String> protocols,
      double capacityUsed,
      int queueDepth,
      int openSessions,
      int runningCalls,
      int longestText,
      List<Model> models,
      List<CallLine> calls,
      List<Latency> latencies) {}

  /// An installed voice.
  record Model(
      String id,
      String family,
      List<String> languages,
      boolean loaded,
      String state,
      String device,
      int refcount) {}

  /// A running call.
  record CallLine(String protocol, String modelId, long ageMs, String phase, long leadMs) {}

  Status now() {
    Readiness.Status ready = view.readiness().status();
    List<CallSnapshot> calls = view.calls().get();
    return new Status(
        view.name(),
        ready.state().name(),
        ready.reason(),
        view.device().get(),
        view.deviceReason().get(),
        view.protocols().get(),
        view.capacityUsed().getAsDouble(),
        view.queueDepth().getAsInt(),
        view.openSessions().getAsInt(),
        calls.size(),
        longestText,
        view.models().get().stream().map(StatusReport::model).toList(),
        calls.stream().limit(MAX_CALLS).map(StatusReport::call).toList(),
        latencies.now());
  }

  private static Model model(ModelStatus model) {
    Map<String, String> metadata = model.metadata();
    return new Model(
        model.voicepack().modelId(),
        model.voicepack().family(),
        model.voicepack().languages(),
        model.loaded(),
        metadata.getOrDefault("state", UNKNOWN),
        metadata.getOrDefault("device", UNKNOWN),
        Integer.parseInt(metadata.getOrDefault("refcount", "0")));
  }

  private static CallLine call(CallSnapshot call) {
    return new CallLine(
        call.protocol().label(),
        call.modelId(),
        call.age().toMillis(),
        call.phase().name().toLowerCase(Locale.ROOT),
        call.lead().toMillis());
  }
}
