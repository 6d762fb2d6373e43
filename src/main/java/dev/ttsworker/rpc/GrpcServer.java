package dev.ttsworker.rpc;

import dev.ttsworker.config.TlsSettings;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.WorkerMetrics;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The port: the speech service, health and reflection behind one guard.
public final class GrpcServer {
  private static final int LARGEST_MESSAGE_BYTES = 1 << 20;
  private static final int CALLS_PER_CONNECTION = 1_000;
  private static final int RESETS_PER_WINDOW = 1_000;
  private static final int RESET_WINDOW_SECONDS = 10;
  private static final int MOST_FREQUENT_PING_SECONDS = 5;

  /// A client whose network is gone without a word is noticed within half a minute and ten seconds.
  private static final int PING_SECONDS = 30;

  private static final int PING_ANSWER_SECONDS = 10;

  private final Server server;

  private GrpcServer(Server server) {
    this.server = server;
  }

  /// Opens the port; health follows `readiness` from the first moment.
  ///
  /// @param port 0 for any free port
  /// @param executor runs each call's callbacks, on virtual threads
  /// @throws WorkerException `INVALID_CONFIGURATION`, "Address already in use" when the port is
  ///   busy
  public static GrpcServer open(
      String host,
      int port,
      TlsSettings tls,
      BindableService service,
      Readiness readiness,
      WorkerMetrics metrics,
      Executor executor,
      LongSupplier nanoTime) {
    HealthStatusManager health = new HealthStatusManager();
    readiness.listen(status -> show(health, status));
    CallGuard guard = new CallGuard(metrics, nanoTime);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port), credentials(tls))
            .executor(executor)
            .maxInboundMessageSize(LARGEST_MESSAGE_BYTES)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .maxRstFramesPerWindow(RESETS_PER_WINDOW, RESET_WINDOW_SECONDS)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PING_ANSWER_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(MOST_FREQUENT_PING_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(guarded(service, guard))
            .addService(guarded(health.getHealthService(), guard))
            .addService(guarded(ProtoReflectionServiceV1.newInstance(), guard))
            .addService(guarded(oldReflection(), guard));
    try {
      return new GrpcServer(builder.build().start());
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "Cannot listen on " + host + ":" + port + ": " + reason(e),
          e);
    }
  }

  private static ServerCredentials credentials(TlsSettings tls) {
    if (tls.certFile().isEmpty() || tls.keyFile().isEmpty()) {
      return InsecureServerCredentials.create();
    }
    TlsServerCredentials.Builder credentials = TlsServerCredentials.newBuilder();
    try {
      credentials.keyManager(tls.certFile().get().toFile(), tls.keyFile().get().toFile());
      if (tls.clientCaFile().isPresent()) {
        credentials
            .trustManager(tls.clientCaFile().get().toFile())
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
      }
    } catch (IOException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION, "tls files cannot be read: " + reason(e), e);
    }
    return credentials.build();
  }

  /// grpcurl of some years ago asks for v1alpha.
  @SuppressWarnings("deprecation")
  private static BindableService oldReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  private static ServerServiceDefinition guarded(BindableService service, CallGuard guard) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useMarshalledMessages(service.bindService(), new PlainBytes()), guard);
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static void show(HealthStatusManager health, Readiness.Status status) {
    switch (status.state()) {
      case SERVING -> set(health, ServingStatus.SERVING);
      case LOADING, UNABLE -> set(health, ServingStatus.NOT_SERVING);
      case DRAINING -> health.enterTerminalState();
    }
  }

  private static void set(HealthStatusManager health, ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus("tts.TTSService", status);
  }

  public int port() {
    return server.getPort();
  }

  /// Ends the port: waits for the calls that are still closing, then cuts the connections. Health
  /// is told before, by readiness turning `DRAINING`.
  public void close(Duration patience) throws InterruptedException {
    server.shutdown();
    if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
    }
  }
}
