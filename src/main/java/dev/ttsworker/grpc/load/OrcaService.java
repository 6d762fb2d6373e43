package dev.ttsworker.grpc.load;

import com.google.protobuf.Duration;
import dev.ttsworker.proto.orca.OpenRcaServiceGrpc;
import dev.ttsworker.proto.orca.OrcaLoadReport;
import dev.ttsworker.proto.orca.OrcaLoadReportRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/// Load reports out of band: one stream for each balancer that subscribes.
final class OrcaService extends OpenRcaServiceGrpc.OpenRcaServiceImplBase {
  /// Longer intervals are taken for this one.
  private static final long LONGEST_SECONDS = 3_600;

  private final LoadReports reports;

  OrcaService(LoadReports reports) {
    this.reports = reports;
  }

  @Override
  public void streamCoreMetrics(
      OrcaLoadReportRequest request, StreamObserver<OrcaLoadReport> responses) {
    var balancer = (ServerCallStreamObserver<OrcaLoadReport>) responses;
    // Without a handler a report to a balancer that has gone would throw.
    balancer.setOnCancelHandler(() -> {});
    reports.subscribe(balancer, interval(request.getReportInterval()));
  }

  private static java.time.Duration interval(Duration asked) {
    long seconds = Math.clamp(asked.getSeconds(), 0, LONGEST_SECONDS);
    java.time.Duration wanted =
        java.time.Duration.ofSeconds(seconds, Math.clamp(asked.getNanos(), 0, 999_999_999));
    return wanted.compareTo(LoadReports.SHORTEST) < 0 ? LoadReports.SHORTEST : wanted;
  }
}
