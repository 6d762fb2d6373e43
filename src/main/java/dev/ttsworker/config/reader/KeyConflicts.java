package dev.ttsworker.config.reader;

import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.config.EngineSettings;
import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.config.RedisSettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.config.WorkerSettings;
import dev.ttsworker.yaml.Redaction;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Checks of values that are allowed by themselves: whether they go together, and what is odd.
///
/// @param sources where problems and warnings go
record KeyConflicts(Sources sources) {
  void check(MetricsSettings metrics, WorkerSettings worker, ClientSettings clients) {
    int http = metrics.enabled() ? metrics.prometheusPort() : 0;
    checkPorts(http, "metrics.prometheus_port", worker.grpcPort(), "worker.grpc_port");
    int wyoming = clients.wyomingPort();
    checkPorts(wyoming, "clients.wyoming_port", worker.grpcPort(), "worker.grpc_port");
    checkPorts(wyoming, "clients.wyoming_port", http, "metrics.prometheus_port");
  }

  private void checkPorts(int port, String key, int other, String otherKey) {
    if (port != 0 && port == other) {
      sources.conflict("value " + port + " is also " + otherKey, key, otherKey);
    }
  }

  ModelSettings checked(ModelSettings models) {
    if (Files.exists(models.voicepackRoot()) && !Files.isDirectory(models.voicepackRoot())) {
      sources.conflict(
          "value %s is not allowed; allowed: a folder"
              .formatted(Redaction.quoted(models.voicepackRoot().toString())),
          "model_manager.voicepack_root");
    }
    warnOfAdapter(models);
    return models;
  }

  /// The adapter decides nothing any more, but who names one expects its family.
  private void warnOfAdapter(ModelSettings models) {
    Optional<String> adapter =
        sources.option(Option.ADAPTER).or(() -> sources.variable("ADAPTER_TYPE"));
    String id = models.aliases().getOrDefault(models.defaultModelId(), models.defaultModelId());
    int dash = id.indexOf('-');
    String family = dash < 0 ? id : id.substring(0, dash);
    if (adapter.isPresent() && !family.equalsIgnoreCase(adapter.get().strip())) {
      sources.warn(
          "adapter %s does not agree with the default model %s of family %s: the model decides"
              .formatted(Redaction.quoted(adapter.get()), id, family));
    }
  }

  EngineSettings checked(EngineSettings engine) {
    List<Integer> gpus = engine.gpuDeviceIds();
    if (new HashSet<>(gpus).size() < gpus.size()) {
      sources.conflict(
          "names a GPU twice: " + gpus + "; allowed: each once", "engine.gpu_device_id");
    }
    return engine;
  }

  RedisSettings checked(RedisSettings redis) {
    if (sources.variable(ServerKeys.REDIS_URL).isPresent() && !redis.enabled()) {
      sources.warn("REDIS_URL is set, but redis.enabled is false: Redis is not used");
    }
    if (redis.heartbeatInterval().compareTo(redis.registrationTimeToLive()) >= 0) {
      sources.warn(
          "redis.heartbeat_interval_seconds is not below redis.registration_ttl_seconds:"
              + " the registration lapses between heartbeats");
    }
    return redis;
  }

  TlsSettings checked(TlsSettings tls) {
    boolean certificate = tls.certFile().isPresent();
    if (certificate != tls.keyFile().isPresent()) {
      sources.conflict(
          "is given alone; allowed: tls.cert_file and tls.key_file together, or neither",
          certificate ? "tls.cert_file" : "tls.key_file");
    } else if (tls.clientCaFile().isPresent() && !certificate) {
      sources.conflict(
          "is given alone; allowed: with tls.cert_file and tls.key_file only",
          "tls.client_ca_file");
    }
    return tls;
  }

  /// Warns when tokens would travel in clear text over a network.
  AuthSettings checked(AuthSettings auth, TlsSettings tls, WorkerSettings worker) {
    String host = worker.grpcHost();
    if (auth.tokensFile().isPresent() && tls.certFile().isEmpty() && !isLoopback(host)) {
      sources.warn(
          "auth.tokens_file is set without tls.cert_file: tokens travel in clear text to"
              + " worker.grpc_host "
              + host);
    }
    return auth;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.matches("\\[?::1]?");
  }
}
