package dev.ttsworker.grpc;

import dev.ttsworker.grpc.limits.WireCalls;
import dev.ttsworker.grpc.load.LoadReports;
import dev.ttsworker.health.Readiness;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Services of the gRPC port behind their interceptors: speech, health, load reports, reflection.
/// The same on every transport.
public final class PortServices {
  /// Accepted encodings of requests.
  private static final DecompressorRegistry ENCODINGS =
      DecompressorRegistry.emptyInstance()
          .with(new LazyGzip(), true)
          .with(Codec.Identity.NONE, false);

  private final LongLivedStreams longLivedStreams = new LongLivedStreams();
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<ServerInterceptor> interceptors;
  private final WireCalls calls;
  private final List<ServerServiceDefinition> speaking;
  private final List<ServerServiceDefinition> definitions;

  /// Health follows `readiness` from now on.
  ///
  /// @param speech the services that speak
  /// @param tokenCheck applies to all methods except those of health, and those that clients call
  ///   without it
  /// @param reports goes with their trailers, and by a service of its own
  /// @param calls finds what the wire knows of a call
  /// @param guard counts calls and maps failures
  public PortServices(
      List<BindableService> speech,
      Readiness readiness,
      Optional<ServerInterceptor> tokenCheck,
      LoadReports reports,
      WireCalls calls,
      CallGuard guard) {
    this.calls = calls;
    this.interceptors =
        List.of(
            new SessionIdHeader(),
            new TraceHeader(),
            new RequestSizeLimits(),
            new WireMemory(calls),
            guard);
    Optional<ServerInterceptor> methodCheck = tokenCheck.map(OpenMethods::new);
    this.speaking =
        speech.stream()
            .map(service -> checked(methodCheck, service))
            .map(service -> ServerInterceptors.intercept(service, reports.trailers()))
            .toList();
    List<ServerServiceDefinition> others =
        List.of(
            checked(Optional.empty(), longLivedStreams.around(health.getHealthService())),
            checked(Optional.empty(), longLivedStreams.around(reports.service())),
            checked(tokenCheck, longLivedStreams.around(ProtoReflectionServiceV1.newInstance())),
            checked(tokenCheck, longLivedStreams.around(reflectionV1Alpha())));
    this.definitions = Stream.concat(speaking.stream(), others.stream()).toList();
    guard.initialize(definitions);
    readiness.addListener(this::publish);
  }

  /// Adds the services, and what answers calls of unknown methods, to a server.
  void addTo(ServerBuilder<?> server) {
    server
        .decompressorRegistry(ENCODINGS)
        .fallbackHandlerRegistry(new UnknownMethods(calls))
        .addServices(definitions);
  }

  /// Ends the streams that have no end of their own, such as health's Watch.
  void endLongLivedStreams() {
    longLivedStreams.end();
  }

  private ServerServiceDefinition checked(
      Optional<ServerInterceptor> tokenCheck, BindableService service) {
    // Innermost of all: a refused call is counted as one.
    ServerServiceDefinition bound = bytes(service);
    return ServerInterceptors.intercept(
        tokenCheck.map(check -> ServerInterceptors.intercept(bound, check)).orElse(bound),
        interceptors);
  }

  /// Interceptors see requests as bytes.
  private static ServerServiceDefinition bytes(BindableService service) {
    return ServerInterceptors.useMarshalledMessages(
        service.bindService(), new PassThroughMarshaller());
  }

  /// Old versions of grpcurl ask for v1alpha.
  @SuppressWarnings("deprecation")
  private static BindableService reflectionV1Alpha() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  private void publish(Readiness.Status status) {
    switch (status.state()) {
      case SERVING -> set(ServingStatus.SERVING);
      case LOADING, UNABLE -> set(ServingStatus.NOT_SERVING);
      case DRAINING -> health.enterTerminalState();
    }
  }

  private void set(ServingStatus status) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    speaking.forEach(service -> health.setStatus(service.getServiceDescriptor().getName(), status));
  }
}
