package dev.ttsworker.grpc.load;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.proto.orca.OrcaLoadReport;
import dev.ttsworker.session.WorkerStats;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Load reports of this worker. Someone must call [#tick] about every second; that makes the report
/// of this second and sends it to the subscribers whose turn it is. Thread-safe.
public final class LoadReports {
  /// Shortest interval of reports to one subscriber, and of [#tick].
  static final Duration SHORTEST = Duration.ofSeconds(1);

  /// Balancers take a backend for an average one unless both are above 0.
  static final double LEAST_UTILIZATION = 0.01;

  static final double LEAST_RATE = 0.1;

  /// Anybody may subscribe, without a token; as many reports a second cost some percent of a core.
  static final int MAX_SUBSCRIPTIONS = 1_000;

  private final WorkerStats stats;
  private final LongSupplier nanoTime;
  private final DecayingRate begun;
  private final DecayingRate failed;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private long lastNanos;
  private volatile OrcaLoadReport current;

  public LoadReports(WorkerStats stats, LongSupplier nanoTime) {
    this.stats = stats;
    this.nanoTime = nanoTime;
    this.begun = new DecayingRate(stats::callsBegun);
    this.failed = new DecayingRate(stats::callsFailed);
    this.lastNanos = nanoTime.getAsLong();
    this.current = report(0, 0);
  }

  /// The service by which balancers subscribe.
  public BindableService service() {
    return new OrcaService(this);
  }

  /// Adds the report to the trailers of each call that it intercepts.
  public ServerInterceptor trailers() {
    return new LoadTrailer(this);
  }

  /// The report of this second.
  OrcaLoadReport current() {
    return current;
  }

  /// Makes the report anew and sends it to those subscribers whose interval is over.
  public void tick() {
    long now = nanoTime.getAsLong();
    synchronized (this) {
      double seconds = (now - lastNanos) / 1e9;
      if (seconds <= 0) {
        return;
      }
      current = report(begun.update(seconds), failed.update(seconds));
      lastNanos = now;
    }
    subscriptions.removeIf(each -> !each.offer(current, now));
  }

  /// Subscriptions of balancers that are not known to be gone.
  public int subscribers() {
    return subscriptions.size();
  }

  private OrcaLoadReport report(double begunPerSecond, double failedPerSecond) {
    return OrcaLoadReport.newBuilder()
        .setApplicationUtilization(Math.max(LEAST_UTILIZATION, stats.capacityUsed()))
        .setRpsFractional(Math.max(LEAST_RATE, begunPerSecond))
        .setEps(failedPerSecond)
        .putNamedMetrics("rtf", stats.realTimeFactor())
        .putNamedMetrics("active_streams", stats.activeStreams())
        .build();
  }

  /// Sends a report now and then one each interval, until the balancer cancels.
  ///
  /// @throws WorkerException `BUDGET_EXCEEDED` beyond [#MAX_SUBSCRIPTIONS]
  synchronized void subscribe(
      ServerCallStreamObserver<OrcaLoadReport> balancer, Duration interval) {
    if (subscriptions.size() >= MAX_SUBSCRIPTIONS) {
      throw new WorkerException(
          ErrorCode.BUDGET_EXCEEDED,
          "There are "
              + MAX_SUBSCRIPTIONS
              + " subscriptions to load reports, which is the most; try again later");
    }
    Subscription added = new Subscription(balancer, interval, nanoTime.getAsLong());
    added.send(current);
    subscriptions.add(added);
  }
}
