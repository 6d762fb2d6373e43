package dev.ttsworker.protocols;

import dev.ttsworker.config.ClientSettings;
import dev.ttsworker.config.WorkerConfig;
import dev.ttsworker.grpc.riva.RivaService;
import dev.ttsworker.grpc.security.AccessControl;
import dev.ttsworker.http.BearerTokens;
import dev.ttsworker.http.HttpSpeech;
import dev.ttsworker.http.Route;
import dev.ttsworker.http.openai.OpenAiRoutes;
import dev.ttsworker.http.piper.PiperEndpoint;
import dev.ttsworker.lifecycle.Closer;
import dev.ttsworker.lifecycle.Threads;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.voices.Models;
import dev.ttsworker.wyoming.WyomingPort;
import dev.ttsworker.wyoming.WyomingThreads;
import io.grpc.BindableService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The protocols that a worker speaks beside its own, as far as they are configured and safe: those
/// without a way to show tokens or certificates stay off where these are needed.
public final class ServedProtocols {
  private static final Logger LOG = LoggerFactory.getLogger(ServedProtocols.class);

  private final WorkerConfig config;
  private final AccessControl access;
  private final SessionManager sessions;
  private final Models models;
  private final List<String> names = new CopyOnWriteArrayList<>(List.of("tts.TTSService"));

  public ServedProtocols(
      WorkerConfig config, AccessControl access, SessionManager sessions, Models models) {
    this.config = config;
    this.access = access;
    this.sessions = sessions;
    this.models = models;
  }

  /// Names of those that are on, for people; the worker's own is the first.
  public List<String> names() {
    return List.copyOf(names);
  }

  /// Services of the gRPC port.
  ///
  /// @param speakers runs each call on a virtual thread
  public List<BindableService> onGrpc(Executor speakers) {
    if (!config.clients().riva()) {
      return List.of();
    }
    names.add("NVIDIA Riva");
    return List.of(new RivaService(sessions, models, speakers, config.clients()));
  }

  /// Routes of the HTTP port, by path.
  public Map<String, Route> onHttp(HttpSpeech speech) {
    ClientSettings clients = config.clients();
    if (!clients.openai() && !clients.piper()) {
      return Map.of();
    }
    if (needsCertificates()) {
      LOG.info("OpenAI's and Piper's HTTP are off: clients need a certificate, which HTTP has not");
      return Map.of();
    }
    BearerTokens tokens = new BearerTokens(access.tokens());
    int longestText = config.limits().maxChunkChars();
    Map<String, Route> routes = new HashMap<>();
    if (clients.openai()) {
      names.add("OpenAI /v1/audio/speech");
      routes.putAll(new OpenAiRoutes(models, speech, tokens, clients, longestText).routes());
    }
    if (clients.piper()) {
      names.add("Piper POST /");
      routes.put("/", new PiperEndpoint(models, speech, tokens, clients, longestText).route());
    }
    return routes;
  }

  private boolean needsCertificates() {
    return config.tls().clientCaFile().isPresent();
  }

  /// Opens the ports that protocols have of their own.
  ///
  /// @param version of this worker
  /// @param closer closes them
  /// @throws dev.ttsworker.error.WorkerException `INVALID_CONFIGURATION` when a port is busy
  public void openPorts(String version, RefusalMetrics refusals, Closer closer) {
    ClientSettings clients = config.clients();
    if (clients.wyomingPort() == 0) {
      return;
    }
    if (access.tokens().isPresent() || needsCertificates()) {
      LOG.warn(
          "The port of Wyoming stays closed: callers need a token or a certificate"
              + " (auth.tokens_file, tls.client_ca_file), which Wyoming has not");
      return;
    }
    WyomingPort opened =
        WyomingPort.open(
            clients,
            config.limits().maxChunkChars(),
            version,
            sessions,
            models,
            refusals,
            new WyomingThreads(
                Threads.platform("wyoming-wire-"),
                Executors.newThreadPerTaskExecutor(Threads.virtual("wyoming-")),
                Executors.newThreadPerTaskExecutor(Threads.virtual("wyoming-call-"))));
    closer.add(opened::close);
    names.add("Wyoming :" + opened.port());
    LOG.info("Wyoming on {}:{}, for anybody", clients.wyomingHost(), opened.port());
  }
}
