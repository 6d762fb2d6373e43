package dev.ttsworker.grpc.load;

import dev.ttsworker.proto.orca.OrcaLoadReport;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/// Subscription of one balancer to load reports. Used by one thread at a time.
final class Subscription {
  /// Reports are made about every second: one that is nearly due is not kept for the next.
  private static final long SLACK_NANOS = LoadReports.SHORTEST.toNanos() / 2;

  private final ServerCallStreamObserver<OrcaLoadReport> balancer;
  private final long intervalNanos;
  private long sentNanos;

  /// @param nowNanos when its first report is sent
  Subscription(
      ServerCallStreamObserver<OrcaLoadReport> balancer, Duration interval, long nowNanos) {
    this.balancer = balancer;
    this.intervalNanos = interval.toNanos();
    this.sentNanos = nowNanos;
  }

  /// Sends a report whose turn it is. A balancer that does not read gets none meanwhile.
  ///
  /// @return false when the balancer is gone
  boolean offer(OrcaLoadReport report, long nowNanos) {
    if (balancer.isCancelled()) {
      return false;
    }
    if (balancer.isReady() && nowNanos - sentNanos + SLACK_NANOS >= intervalNanos) {
      sentNanos = nowNanos;
      send(report);
    }
    return true;
  }

  void send(OrcaLoadReport report) {
    balancer.onNext(report);
  }
}
