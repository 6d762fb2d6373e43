package dev.ttsworker.grpc;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.grpc.limits.Connections;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// gRPC server: the services of the port on a Netty transport with bounded connections.
public final class GrpcServer {
  /// Maximum size of a message, on the wire and decompressed.
  public static final int MAX_MESSAGE_BYTES = RequestSizeLimits.MAX_MESSAGE_BYTES;

  private final Server server;
  private final PortServices services;

  private GrpcServer(Server server, PortServices services) {
    this.server = server;
    this.services = services;
  }

  /// Opens the port.
  ///
  /// @param port 0 for any free port
  /// @param connections closed after this
  /// @param executor runs each call's callbacks, on virtual threads
  /// @throws WorkerException `INVALID_CONFIGURATION`, "Address already in use" when the port is
  ///   busy
  public static GrpcServer open(
      String host,
      int port,
      ServerCredentials credentials,
      Connections connections,
      PortServices services,
      Executor executor) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port), credentials)
            .executor(executor)
            .maxInboundMessageSize(RequestSizeLimits.TRANSPORT_MESSAGE_BYTES)
            .maxInboundMetadataSize(RequestSizeLimits.TRANSPORT_METADATA_BYTES);
    services.addTo(builder);
    connections.configure(builder);
    try {
      return new GrpcServer(builder.build().start(), services);
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkerException(
          ErrorCode.INVALID_CONFIGURATION,
          "Cannot listen on " + host + ":" + port + ": " + reason(e),
          e);
    }
  }

  private static String reason(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
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
    services.endLongLivedStreams();
    if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
    }
  }
}
