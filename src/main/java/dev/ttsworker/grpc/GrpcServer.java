package dev.ttsworker.grpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.limits.Connections;
import dev.ttsworker.grpc.security.AccessControl;
import dev.ttsworker.health.Readiness;
import dev.ttsworker.metrics.RefusalMetrics;
import dev.ttsworker.metrics.WorkerMetrics;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// gRPC server: the speech service, health and reflection behind one chain of interceptors.
public final class GrpcServer {
  /// Maximum size of a message, on the wire and decompressed.
  public static final int MAX_MESSAGE_BYTES = RequestSizeLimits.MAX_MESSAGE_BYTES;

  /// Accepted encodings of requests.
  private static final DecompressorRegistry ENCODINGS =
      DecompressorRegistry.emptyInstance()
          .with(new LazyGzip(), true)
          .with(Codec.Identity.NONE, false);

  private final Server server;
  private final LongLivedStreams longLivedStreams;

  private GrpcServer(Server server, LongLivedStreams longLivedStreams) {
    this.server = server;
    this.longLivedStreams = longLivedStreams;
  }

  /// Opens the port. Health follows `readiness` from the start.
  ///
  /// @param port 0 for any free port
  /// @param access its token check, if any, applies to all methods except those of health
  /// @param connections closed after this
  /// @param executor runs each call's callbacks, on virtual threads
  /// @throws WorkerException `INVALID_CONFIGURATION`, "Address already in use" when the port is
  ///   busy
  public static GrpcServer open(
      String host,
      int port,
      AccessControl access,
      Connections connections,
      BindableService service,
      Readiness readiness,
      WorkerMetrics metrics,
      RefusalMetrics refusals,
      Executor executor,
      LongSupplier nanoTime) {
    HealthStatusManager health = new HealthStatusManager();
    readiness.addListener(status -> publish(health, status));
    LongLivedStreams longLivedStreams = new LongLivedStreams();
    List<ServerInterceptor> open =
        List.of(
            new RequestSizeLimits(),
            new WireMemory(connections.calls()),
            new CallGuard(metrics, refusals, nanoTime));
    List<ServerInterceptor> checked = new ArrayList<>(open);
    access.tokenCheck().ifPresent(checked::addFirst);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port), access.credentials())
            .executor(executor)
            .maxInboundMessageSize(RequestSizeLimits.TRANSPORT_MESSAGE_BYTES)
            .maxInboundMetadataSize(RequestSizeLimits.TRANSPORT_METADATA_BYTES)
            .decompressorRegistry(ENCODINGS)
            .fallbackHandlerRegistry(new UnknownMethods(connections.calls()))
            .addService(intercepted(checked, service))
            .addService(intercepted(open, longLivedStreams.around(health.getHealthService())))
            .addService(
                intercepted(
                    checked, longLivedStreams.around(ProtoReflectionServiceV1.newInstance())))
            .addService(intercepted(checked, longLivedStreams.around(reflectionV1Alpha())));
    connections.configure(builder);
    try {
      Server server = builder.build();
      metrics.grpc().initialize(methods(server));
      return new GrpcServer(server.start(), longLivedStreams);
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "Cannot listen on " + host + ":" + port + ": " + reason(e),
          e);
    }
  }

  /// Method names as in metrics.
  private static List<String> methods(Server server) {
    return server.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> String.valueOf(method.getMethodDescriptor().getBareMethodName()))
        .toList();
  }

  /// Old versions of grpcurl ask for v1alpha.
  @SuppressWarnings("deprecation")
  private static BindableService reflectionV1Alpha() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  /// @param interceptors the innermost first
  private static ServerServiceDefinition intercepted(
      List<ServerInterceptor> interceptors, BindableService service) {
    return ServerInterceptors.intercept(
        ServerInterceptors.useMarshalledMessages(
            service.bindService(), new PassThroughMarshaller()),
        interceptors);
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static void publish(HealthStatusManager health, Readiness.Status status) {
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

  /// The status of a failure, with its details.
  public static StatusRuntimeException status(WorkerException failure) {
    return Statuses.of(failure);
  }

  public int port() {
    return server.getPort();
  }

  /// Shuts down: ends long-lived streams, waits at most `patience` for the calls that are closing,
  /// then closes the connections. Health reports it before, when readiness turns `DRAINING`.
  public void close(Duration patience) throws InterruptedException {
    server.shutdown();
    longLivedStreams.end();
    if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
    }
  }
}
