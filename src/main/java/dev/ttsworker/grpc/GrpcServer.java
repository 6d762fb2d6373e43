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

/// The port: the speech service, health and reflection behind one guard.
public final class GrpcServer {
  /// Of one message, on the wire and decompressed.
  public static final int LONGEST_MESSAGE = RequestSizes.LARGEST_MESSAGE_BYTES;

  /// How requests may be compressed.
  private static final DecompressorRegistry ENCODINGS =
      DecompressorRegistry.emptyInstance()
          .with(new LateGzip(), true)
          .with(Codec.Identity.NONE, false);

  private final Server server;
  private final LongLivedStreams standing;

  private GrpcServer(Server server, LongLivedStreams standing) {
    this.server = server;
    this.standing = standing;
  }

  /// Opens the port; health follows `readiness` from the first moment.
  ///
  /// @param port 0 for any free port
  /// @param access whose token check, if any, stands before every method but those of health
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
    readiness.listen(status -> show(health, status));
    LongLivedStreams standing = new LongLivedStreams();
    List<ServerInterceptor> open =
        List.of(
            new RequestSizes(),
            new WireMemory(connections.calls()),
            new CallGuard(metrics, refusals, nanoTime));
    List<ServerInterceptor> checked = new ArrayList<>(open);
    access.tokenCheck().ifPresent(checked::addFirst);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port), access.credentials())
            .executor(executor)
            .maxInboundMessageSize(RequestSizes.TRANSPORT_MESSAGE_BYTES)
            .maxInboundMetadataSize(RequestSizes.TRANSPORT_METADATA_BYTES)
            .decompressorRegistry(ENCODINGS)
            .fallbackHandlerRegistry(new UnknownMethods(connections.calls()))
            .addService(behind(checked, service))
            .addService(behind(open, standing.around(health.getHealthService())))
            .addService(behind(checked, standing.around(ProtoReflectionServiceV1.newInstance())))
            .addService(behind(checked, standing.around(oldReflection())));
    connections.bound(builder);
    try {
      Server server = builder.build();
      metrics.grpc().expect(methods(server));
      return new GrpcServer(server.start(), standing);
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "Cannot listen on " + host + ":" + port + ": " + reason(e),
          e);
    }
  }

  /// As metrics name them.
  private static List<String> methods(Server server) {
    return server.getServices().stream()
        .flatMap(service -> service.getMethods().stream())
        .map(method -> String.valueOf(method.getMethodDescriptor().getBareMethodName()))
        .toList();
  }

  /// grpcurl of some years ago asks for v1alpha.
  @SuppressWarnings("deprecation")
  private static BindableService oldReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  /// @param interceptors the innermost first
  private static ServerServiceDefinition behind(
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

  /// The status of a failure, with its details.
  public static StatusRuntimeException status(WorkerException failure) {
    return Statuses.of(failure);
  }

  public int port() {
    return server.getPort();
  }

  /// Ends the port: ends standing streams, waits for the calls that are still closing, then cuts
  /// the connections. Health is told before, by readiness turning `DRAINING`.
  public void close(Duration patience) throws InterruptedException {
    server.shutdown();
    standing.end();
    if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
    }
  }
}
