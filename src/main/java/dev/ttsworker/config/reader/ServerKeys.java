package dev.ttsworker.config.reader;

import dev.ttsworker.config.AdmissionSettings;
import dev.ttsworker.config.AuthSettings;
import dev.ttsworker.config.CapabilitySettings;
import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.config.ConnectionSettings;
import dev.ttsworker.config.LimitSettings;
import dev.ttsworker.config.LoggingSettings;
import dev.ttsworker.config.LoggingSettings.Format;
import dev.ttsworker.config.LoggingSettings.Level;
import dev.ttsworker.config.MetricsSettings;
import dev.ttsworker.config.RedisAddress;
import dev.ttsworker.config.RedisSettings;
import dev.ttsworker.config.SessionSettings;
import dev.ttsworker.config.TelemetrySettings;
import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.config.WorkerSettings;
import dev.ttsworker.config.value.ListType;
import dev.ttsworker.config.value.OptionalType;
import dev.ttsworker.config.value.ScalarType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The keys of the server: ports, sessions, limits, registration, metrics, log and security.
/// Declared as in [SpeechKeys]. Each method is called once.
record ServerKeys(Sources sources) {
  static final String REDIS_URL = "REDIS_URL";
  private static final int MIB = 1 << 20;
  private static final Path CHECKOUT_LOG = Path.of("logs", "worker.log");
  private static final RedisAddress DEFAULT_REDIS =
      RedisUrl.parse("redis://localhost:6379").orElseThrow();

  WorkerSettings worker() {
    Section<WorkerSettings> keys = sources.section("worker", WorkerConfig::worker);
    return new WorkerSettings(
        keys.key("name", ScalarType.text(1, 100), "tts-worker-0")
            .variables("WORKER_NAME")
            .into(WorkerSettings::name, "What this worker is called in the log and in Redis"),
        keys.key("grpc_host", KeyTypes.HOST, "0.0.0.0")
            .alias("grpc.host")
            .variables("WORKER_GRPC_HOST")
            .option(Option.HOST)
            .into(WorkerSettings::grpcHost, "Where clients reach it"),
        keys.key("grpc_port", ScalarType.port(), 7001)
            .alias("grpc.port")
            .variables("WORKER_GRPC_PORT", "WORKER_PORT")
            .option(Option.PORT)
            .into(WorkerSettings::grpcPort, "Port for clients"),
        keys.optional("advertise_addr", KeyTypes.ADVERTISED)
            .into(WorkerSettings::advertiseAddress, "What readers of Redis get"),
        keys.millis("drain_ms", 0, 3_600_000, 20_000)
            .into(WorkerSettings::drain, "How long running calls may go on after SIGTERM"),
        keys.millis("drain_grace_ms", 0, 3_600_000, 5_000)
            .variables("DRAIN_GRACE_MS")
            .into(WorkerSettings::drainGrace, "How long new work is accepted after SIGTERM"),
        capabilities());
  }

  private CapabilitySettings capabilities() {
    Section<CapabilitySettings> keys =
        sources.section("worker.capabilities", config -> config.worker().capabilities());
    ListType<String> languages = new ListType<>(KeyTypes.LANGUAGE, 1, 100);
    return new CapabilitySettings(
        keys.flag("streaming", true).into(CapabilitySettings::streaming, "audio while text comes"),
        keys.flag("zero_shot", false).into(CapabilitySettings::zeroShot, "voices from a recording"),
        keys.flag("lora", false).into(CapabilitySettings::lora, "LoRA adapters"),
        keys.flag("cpu_ok", true).into(CapabilitySettings::cpuOk, "works without a GPU"),
        keys.key("languages", languages, List.of("en"))
            .into(CapabilitySettings::languages, "Languages of the voices"),
        keys.flag("emotive_zero_prompt", false)
            .into(CapabilitySettings::emotiveZeroPrompt, "emotion without a recording"),
        keys.whole("max_concurrent_sessions", 1, 100_000, 10)
            .variables("MAX_CONCURRENT_SESSIONS")
            .into(CapabilitySettings::maxConcurrentSessions, "Only shown to clients"));
  }

  SessionSettings sessions() {
    Section<SessionSettings> keys = sources.section("session", WorkerConfig::sessions);
    return new SessionSettings(
        keys.whole("max_open", 1, 1_000_000, 10_000)
            .into(SessionSettings::maxOpen, "past this the longest idle session is dropped"),
        keys.millis("idle_ttl_ms", 0, Integer.MAX_VALUE, 0)
            .into(SessionSettings::idleTimeToLive, "idle sessions are dropped, 0 = never"),
        keys.millis("max_pause_ms", 1, Integer.MAX_VALUE, 30_000)
            .into(SessionSettings::maxPause, "a call paused for longer ends"),
        keys.flag("implicit", false)
            .into(SessionSettings::implicit, "A call whose session is not open here"),
        keys.whole("max_lexicons_mb", 1, 65_536, 64)
            .into(SessionSettings::maxLexiconsMb, "Memory of the lexicons of all sessions in MiB"));
  }

  AdmissionSettings admission() {
    Section<AdmissionSettings> keys = sources.section("admission", WorkerConfig::admission);
    return new AdmissionSettings(
        keys.millis("max_wait_ms", 0, 60_000, 1000)
            .into(AdmissionSettings::maxWait, "A call that does not fit now waits so long"));
  }

  LimitSettings limits() {
    Section<LimitSettings> keys = sources.section("limits", WorkerConfig::limits);
    return new LimitSettings(
        keys.whole("max_chunk_chars", 1, 1_000_000, 20_000)
            .into(LimitSettings::maxChunkChars, "of one TextChunk"),
        keys.whole("max_call_chars", 1, 10_000_000, 200_000)
            .into(LimitSettings::maxCallChars, "of one Synthesize call"),
        keys.whole("max_open_calls", 1, 1_000_000, 2000)
            .into(LimitSettings::maxOpenCalls, "Synthesize calls of all sessions"),
        keys.whole("max_waiting_text_mb", 1, 65_536, 32)
            .into(LimitSettings::maxWaitingTextMb, "Memory of text that came in"));
  }

  ConnectionSettings connections() {
    Section<ConnectionSettings> keys = sources.section("limits", WorkerConfig::connections);
    ScalarType<Integer> all = ScalarType.whole(8, 1_048_576);
    ScalarType<Integer> one = ScalarType.whole(2, 1_024);
    return new ConnectionSettings(
        keys.whole("max_connections", 1, 1_000_000, 10_000)
            .into(ConnectionSettings::maxConnections, "Connections past this are closed"),
        keys.whole("max_connections_per_address", 1, 1_000_000, 5_000)
            .into(ConnectionSettings::maxConnectionsOfAddress, "Of one address"),
        keys.whole("max_calls_per_connection", 1, 1_000_000, 1_000)
            .into(ConnectionSettings::maxCalls, "Calls open at once on one connection"),
        keys.whole("max_resets", 1, 1_000_000, 1_000)
            .into(ConnectionSettings::maxResets, "A connection that breaks off more calls"),
        keys.seconds("reset_window_seconds", 1, 3_600, 10)
            .into(ConnectionSettings::resetWindow, "that window"),
        keys.millis("connection_idle_ms", 0, Integer.MAX_VALUE, 3_600_000)
            .into(ConnectionSettings::maxIdle, "A connection without calls is closed"),
        keys.millis("connection_age_ms", 0, Integer.MAX_VALUE, 0)
            .into(ConnectionSettings::maxAge, "A connection older than this is closed"),
        keys.millis("connection_age_grace_ms", 0, Integer.MAX_VALUE, 3_600_000)
            .into(ConnectionSettings::ageGrace, "Calls on it may go on for so long"),
        keys.key("wire_memory_mb", all, 64, mb -> (long) mb * MIB, bytes -> bytes / MIB)
            .into(ConnectionSettings::wireMemoryBytes, "Memory in MiB that requests"),
        keys.key("wire_memory_mb_per_connection", one, 8, mb -> mb * MIB, bytes -> bytes / MIB)
            .into(ConnectionSettings::wireMemoryBytesOfOne, "The same for one connection"),
        keys.millis("message_timeout_ms", 100, 3_600_000, 10_000)
            .into(ConnectionSettings::messageTimeout, "A message that has begun must come whole"));
  }

  /// Without a word about it Redis is used when the file has the section or the environment the
  /// address.
  RedisSettings redis() {
    Section<RedisSettings> keys = sources.section("redis", WorkerConfig::redis);
    boolean mentioned = sources.variable(REDIS_URL).isPresent() || sources.hasSection("redis");
    OptionalType<Boolean> flag = new OptionalType<>(ScalarType.flag());
    ScalarType<RedisAddress> url = ScalarType.secret(RedisUrl.ALLOWED, RedisUrl::parse);
    return new RedisSettings(
        keys.key("enabled", flag, Optional.empty(), on -> on.orElse(mentioned), on -> on)
            .into(RedisSettings::enabled, "register"),
        keys.key("url", url, DEFAULT_REDIS)
            .variables(REDIS_URL)
            .into(RedisSettings::url, "Where Redis is"),
        keys.seconds("registration_ttl_seconds", 5, 3600, 30)
            .into(RedisSettings::registrationTimeToLive, "what is not renewed is gone"),
        keys.seconds("heartbeat_interval_seconds", 1, 300, 10)
            .into(RedisSettings::heartbeatInterval, "how often it is renewed"));
  }

  ClientSettings clients() {
    Section<ClientSettings> keys = sources.section("clients", WorkerConfig::clients);
    return new ClientSettings(
        keys.flag("riva", true).into(ClientSettings::riva, "NVIDIA Riva on the gRPC port"),
        keys.flag("openai", true)
            .into(ClientSettings::openai, "OpenAI's speech endpoint on the HTTP port"),
        keys.flag("piper", true)
            .into(ClientSettings::piper, "Piper's HTTP interface on the HTTP port"),
        keys.key("wyoming_host", KeyTypes.HOST, "127.0.0.1")
            .into(ClientSettings::wyomingHost, "Where the Wyoming protocol"),
        keys.key("wyoming_port", ScalarType.port(), 0)
            .into(ClientSettings::wyomingPort, "Port of the Wyoming protocol"),
        keys.flag("foreign_voices", true)
            .into(
                ClientSettings::foreignVoices,
                "The default voice speaks for names that only another server has"),
        keys.millis("max_lead_ms", 100, 600_000, 600_000)
            .into(ClientSettings::maxLead, "Audio computed at most past the play-out of a call"));
  }

  TelemetrySettings telemetry() {
    Section<TelemetrySettings> keys = sources.section("telemetry", WorkerConfig::telemetry);
    return new TelemetrySettings(
        keys.optional("otlp_endpoint", KeyTypes.HTTP_URL)
            .variables("OTEL_EXPORTER_OTLP_ENDPOINT")
            .into(TelemetrySettings::otlpEndpoint, "Where traces are exported to"),
        keys.key("service_name", ScalarType.text(1, 100), "tts-worker")
            .variables("OTEL_SERVICE_NAME")
            .into(TelemetrySettings::serviceName, "What this worker is called in traces"),
        keys.key("sample_ratio", ScalarType.decimal(0, 1), 1.0)
            .into(TelemetrySettings::sampleRatio, "Share of the calls"));
  }

  MetricsSettings metrics() {
    Section<MetricsSettings> keys = sources.section("metrics", WorkerConfig::metrics);
    return new MetricsSettings(
        keys.flag("enabled", true)
            .variables("METRICS_ENABLED")
            .into(MetricsSettings::enabled, "open a port for people and Prometheus"),
        keys.key("host", KeyTypes.HOST, "0.0.0.0")
            .variables("METRICS_HOST")
            .into(MetricsSettings::host, "Where that port listens"),
        keys.key("prometheus_port", ScalarType.port(), 9090)
            .variables("METRICS_PORT")
            .into(MetricsSettings::prometheusPort, "Prometheus reads http://HOST:PORT/metrics"),
        keys.flag("page", true).into(MetricsSettings::page, "The page to look at and speak from"),
        keys.flag("track_latency", true).into(MetricsSettings::trackLatency, "latencies"),
        keys.flag("track_rtf", true).into(MetricsSettings::trackRtf, "real-time factor"),
        keys.flag("track_queue_depth", true)
            .into(MetricsSettings::trackQueueDepth, "queue lengths"));
  }

  /// @param checkout whether the worker runs from its source checkout, which has a place for logs
  LoggingSettings logging(boolean checkout) {
    Section<LoggingSettings> keys = sources.section("logging", WorkerConfig::logging);
    OptionalType<Path> file = new OptionalType<>(KeyTypes.PATH_OR_EMPTY);
    return new LoggingSettings(
        keys.key("level", KeyTypes.LOG_LEVEL, Level.INFO)
            .alias("log_level")
            .variables("LOG_LEVEL")
            .option(Option.LOG_LEVEL)
            .into(LoggingSettings::level, "The least that is logged"),
        keys.key("format", KeyTypes.LOG_FORMAT, Format.JSON, each -> each, KeyTypes::spelling)
            .variables("LOG_FORMAT")
            .into(LoggingSettings::format, "of each line"),
        keys.flag("include_session_id", true)
            .into(LoggingSettings::includeSessionId, "whose call a line is of"),
        keys.key("file", file, Optional.empty(), path -> logFile(path, checkout), path -> path)
            .into(LoggingSettings::file, "Also written to"));
  }

  private Optional<Path> logFile(Optional<Path> given, boolean checkout) {
    return given
        .or(() -> checkout ? Optional.of(CHECKOUT_LOG) : Optional.empty())
        .filter(path -> !path.toString().isEmpty())
        .map(sources::resolve);
  }

  TlsSettings tls() {
    Section<TlsSettings> keys = sources.section("tls", WorkerConfig::tls);
    return new TlsSettings(
        keys.optionalPath("cert_file").into(TlsSettings::certFile, "PEM, the whole chain"),
        keys.optionalPath("key_file").into(TlsSettings::keyFile, "PEM, PKCS #8 without a password"),
        keys.optionalPath("client_ca_file")
            .into(TlsSettings::clientCaFile, "with it clients must show a certificate"));
  }

  AuthSettings auth() {
    Section<AuthSettings> keys = sources.section("auth", WorkerConfig::auth);
    return new AuthSettings(
        keys.optionalPath("tokens_file").into(AuthSettings::tokensFile, "One token a line"));
  }
}
