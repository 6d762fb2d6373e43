package dev.ttsworker.cli;

import dev.ttsworker.client.CallFailure;
import dev.ttsworker.proto.EndSessionRequest;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Connection checks: what a client needs of a worker, step by step; each that works is a line.
final class ConnectionChecks {
  private static final String SERVICE = "tts.TTSService";

  private final WorkerAddress worker;
  private final ManagedChannel channel;
  private final Duration patience;
  private final PrintWriter out;

  /// @param patience for each step
  ConnectionChecks(
      WorkerAddress worker, ManagedChannel channel, Duration patience, PrintWriter out) {
    this.worker = worker;
    this.channel = channel;
    this.patience = patience;
    this.out = out;
  }

  /// @param model empty for the worker's default
  /// @throws CheckFailure at the first step that fails
  void run(String model, String text) throws CheckFailure, InterruptedException {
    checkPort();
    try {
      checkHealth();
      checkServices();
      String session = "test-connection-" + UUID.randomUUID();
      startSession(session, model);
      try {
        new SpeechCheck(session, out).run(stub().synthesize(), text);
      } finally {
        endSession(session);
      }
    } catch (StatusRuntimeException | StatusException e) {
      throw failed(e);
    }
  }

  private CheckFailure failed(Exception e) {
    CallFailure failure = worker.failure(e);
    String hint =
        switch (failure.kind()) {
          case UNREACHABLE, NO_CONNECTION ->
              "another program on this port (lsof -i)? --tls, --ca-file, --cert-file and --key-file"
                  + " must fit what the worker has under tls";
          case ANSWERED -> "the worker's log has more (logs/worker.log, docker logs tts-worker-0)";
        };
    return new CheckFailure(worker.target() + ": " + failure.reason(), hint);
  }

  private void ok(String message) {
    out.println("OK    " + message);
    out.flush();
  }

  private void checkPort() throws CheckFailure {
    URI address = URI.create("grpc://" + worker.target());
    String host = address.getHost().replaceAll("^\\[|]$", "");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, address.getPort()), (int) patience.toMillis());
    } catch (UnknownHostException e) {
      throw new CheckFailure(
          "host name " + host + " is unknown",
          "inside Docker use the container's name, outside localhost");
    } catch (IOException e) {
      throw new CheckFailure(
          "connection to " + worker.target() + ": " + e.getMessage(),
          "is the worker running (docker ps | grep tts-worker, or its log), on this port"
              + " (configs/worker.yaml), and is the port let through (docker port tts-worker-0,"
              + " firewall)?");
    }
    ok("port " + worker.target() + " is open");
  }

  private void checkHealth() throws CheckFailure {
    boolean connected = false;
    for (String service : List.of("", SERVICE)) {
      ServingStatus status =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(patience)
              .check(HealthCheckRequest.newBuilder().setService(service).build())
              .getStatus();
      if (!connected) {
        ok("gRPC connection is ready" + (worker.security().tls() ? " (TLS)" : ""));
        connected = true;
      }
      if (status != ServingStatus.SERVING) {
        throw new CheckFailure(
            "health of '" + service + "' is " + status,
            "the worker is up but cannot speak (yet): ./tts-worker health and its log say why"
                + " (Model not found, CUDA out of memory, still loading, draining)");
      }
    }
    ok("health is SERVING");
  }

  private void checkServices() throws CheckFailure, InterruptedException, StatusException {
    List<String> names = List.of();
    for (String version : List.of("v1", "v1alpha")) {
      names = services(version);
      if (!names.contains(SERVICE)) {
        throw new CheckFailure(
            "reflection " + version + " lists " + names + ", not " + SERVICE,
            "this is another server, or another version of the contract (Failed to load proto)");
      }
    }
    ok("services: " + String.join(", ", names));
  }

  /// Both versions have the same messages.
  private List<String> services(String version) throws InterruptedException, StatusException {
    MethodDescriptor<ServerReflectionRequest, ServerReflectionResponse> method =
        ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
            .setFullMethodName(
                "grpc.reflection." + version + ".ServerReflection/ServerReflectionInfo")
            .build();
    BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call =
        ClientCalls.blockingBidiStreamingCall(
            channel,
            method,
            CallOptions.DEFAULT.withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS));
    var _ = call.write(ServerReflectionRequest.newBuilder().setListServices("*").build());
    call.halfClose();
    ServerReflectionResponse listed = call.read();
    return listed == null
        ? List.of()
        : listed.getListServicesResponse().getServiceList().stream()
            .map(ServiceResponse::getName)
            .sorted()
            .toList();
  }

  private TTSServiceGrpc.TTSServiceBlockingV2Stub stub() {
    return TTSServiceGrpc.newBlockingV2Stub(channel).withDeadlineAfter(patience);
  }

  private void startSession(String session, String model) throws CheckFailure, StatusException {
    String hint = "./tts-worker voices list shows what is installed";
    StartSessionResponse started;
    try {
      started =
          stub()
              .startSession(
                  StartSessionRequest.newBuilder().setSessionId(session).setModelId(model).build());
    } catch (StatusException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        throw new CheckFailure("StartSession: " + worker.failure(e).reason(), hint);
      }
      throw e;
    }
    String message = started.getMessage();
    if (!started.getSuccess()) {
      throw new CheckFailure("StartSession: " + message, hint);
    }
    ok("session started" + (message.isEmpty() ? "" : ": " + message));
  }

  private void endSession(String session) throws CheckFailure, StatusException {
    boolean ended =
        stub()
            .endSession(EndSessionRequest.newBuilder().setSessionId(session).build())
            .getSuccess();
    if (!ended) {
      throw new CheckFailure("EndSession answered success=false", "see the worker's log");
    }
    ok("session ended");
  }
}
