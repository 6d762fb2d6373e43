package dev.ttsworker.bench.client;

import dev.ttsworker.client.CallFailure;
import dev.ttsworker.client.Security;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.GetCapabilitiesRequest;
import dev.ttsworker.proto.StartSessionRequest;
import dev.ttsworker.proto.StartSessionResponse;
import dev.ttsworker.proto.TTSServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// A worker, or whatever speaks `tts.TTSService`, over one connection.
public final class GrpcTarget implements SpeechTarget {
  private static final int PATIENCE_SECONDS = 10;

  static final Map<String, String> LONGEST_LEAD = Map.of("max_lead_ms", "600000");

  private final String address;
  private final Security security;
  private final ManagedChannel channel;
  private final TTSServiceGrpc.TTSServiceStub stub;

  /// Connects when it is first used.
  ///
  /// @param address `host:port`
  /// @throws WorkerException when a file of `security` cannot be used
  public GrpcTarget(String address, Security security) {
    this.address = address;
    this.security = security;
    this.channel =
        security
            .channel(address)
            // Listeners take the time on the thread that reads the wire.
            .directExecutor()
            .build();
    this.stub = TTSServiceGrpc.newStub(channel);
  }

  @Override
  public GrpcStream open() {
    return open(Map.of());
  }

  @Override
  public GrpcStream openUnpaced() {
    return open(LONGEST_LEAD);
  }

  private GrpcStream open(Map<String, String> options) {
    String session = "bench-" + UUID.randomUUID();
    try {
      StartSessionResponse started =
          TTSServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .startSession(
                  StartSessionRequest.newBuilder()
                      .setSessionId(session)
                      .putAllOptions(options)
                      .build());
      if (!started.getSuccess()) {
        throw new WorkerException(ErrorCode.INTERNAL, address + ": " + started.getMessage());
      }
      return new GrpcStream(stub, session, security);
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  /// Does health say SERVING?
  ///
  /// @throws WorkerException when the server cannot be reached
  public boolean isServing() {
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == HealthCheckResponse.ServingStatus.SERVING;
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  /// Asks for the metrics of GetCapabilities.
  public void figures(Answer<Map<String, Double>> answer) {
    stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .getCapabilities(
            GetCapabilitiesRequest.getDefaultInstance(),
            new SingleAnswer<>(answer, told -> Map.copyOf(told.getMetricsMap()), security));
  }

  /// As [#figures(Answer)], waiting for them.
  ///
  /// @throws WorkerException when the server cannot be reached
  @Override
  public Map<String, Double> figures() {
    try {
      return Map.copyOf(
          TTSServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .getCapabilities(GetCapabilitiesRequest.getDefaultInstance())
              .getMetricsMap());
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  private WorkerException failed(StatusRuntimeException e) {
    String reason = CallFailure.of(e, security).reason();
    return new WorkerException(ErrorCode.INTERNAL, address + ": " + reason, e);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
