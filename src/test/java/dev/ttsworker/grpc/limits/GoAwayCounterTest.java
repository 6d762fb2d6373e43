package dev.ttsworker.grpc.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.metrics.RefusalMetrics;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Why this side ended a connection.
final class GoAwayCounterTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RefusalMetrics refusals = new RefusalMetrics(registry);

  @Test
  void eachReasonIsCountedOnceForAConnection() {
    goAway(Http2Error.ENHANCE_YOUR_CALM, "too_many_pings");
    goAway(Http2Error.ENHANCE_YOUR_CALM, "too_many_rststreams");
    goAway(Http2Error.ENHANCE_YOUR_CALM, "too_many_idle_frames");
    goAway(Http2Error.PROTOCOL_ERROR, "nonsense");
    goAway(Http2Error.NO_ERROR, "max_idle");
    goAway(Http2Error.NO_ERROR, "app_requested");
    goAway(Http2Error.INTERNAL_ERROR, "Connection reset by peer");
    assertEquals(
        Map.of(
            "ping_flood", 1.0,
            "reset_flood", 1.0,
            "frame_flood", 1.0,
            "protocol_error", 1.0,
            "idle", 1.0),
        tracked());
  }

  private void goAway(Http2Error error, String why) {
    GoAwayCounter count = new GoAwayCounter(refusals);
    for (int i = 0; i < 2; i++) {
      count.onGoAwaySent(1, error.code(), Unpooled.copiedBuffer(why, StandardCharsets.UTF_8));
    }
  }

  private Map<String, Double> tracked() {
    return registry.scrape().stream()
        .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
        .filter(point -> point.getValue() > 0)
        .collect(
            Collectors.toMap(
                point -> String.valueOf(point.getLabels().get("reason")),
                CounterSnapshot.CounterDataPointSnapshot::getValue));
  }
}
