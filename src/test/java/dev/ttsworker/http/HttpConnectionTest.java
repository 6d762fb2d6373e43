package dev.ttsworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.metrics.Exposition;
import dev.ttsworker.metrics.RefusalMetrics;
import io.netty.channel.embedded.EmbeddedChannel;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpConnectionTest {
  private static final Duration MOMENT = Duration.ofMillis(10);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final HttpConnection connection =
      new HttpConnection(channel, new RefusalMetrics(registry));

  @BeforeEach
  void connect() {
    channel.freezeTime();
    var _ = channel.pipeline().addFirst(connection);
    var _ = channel.pipeline().fireChannelActive();
  }

  private void pass(Duration time) {
    channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
    channel.runPendingTasks();
  }

  private double refused(String reason) {
    return Exposition.of(registry).sum("tts_refused_total", "reason", reason);
  }

  @Test
  void slowlyArrivingRequestTimesOut() {
    Duration step = HttpConnection.REQUEST_TIMEOUT.dividedBy(10);
    for (int i = 0; i < 9; i++) {
      pass(step);
      boolean _ = channel.writeInbound("a byte");
    }
    assertTrue(channel.isOpen());
    pass(step.plus(MOMENT));
    assertFalse(channel.isOpen());
    assertEquals(1, refused("http_request_timeout"));
  }

  @Test
  void requestHasTwoSeconds() {
    pass(Duration.ofSeconds(2).minus(MOMENT));
    assertTrue(channel.isOpen());
    pass(MOMENT.multipliedBy(2));
    assertFalse(channel.isOpen());
  }

  /// A client that disconnects early is no timeout.
  @Test
  void endedConnectionIsNoRefusal() {
    var _ = channel.pipeline().fireChannelInactive();
    pass(HttpConnection.REQUEST_TIMEOUT.plus(MOMENT));
    assertEquals(0, refused("http_request_timeout"));
  }

  @Test
  void responseTimesOut() {
    connection.onRequest();
    pass(HttpConnection.RESPONSE_TIMEOUT.minus(MOMENT));
    assertTrue(channel.isOpen());
    assertTrue(connection.isBusy());
    pass(MOMENT.multipliedBy(2));
    assertFalse(channel.isOpen());
    assertEquals(1, refused("http_answer_timeout"));
  }

  @Test
  void connectionIsIdleAfterAResponseUntilTheNextRequest() {
    connection.onRequest();
    connection.onResponseSent();
    assertFalse(connection.isBusy());
    pass(HttpConnection.IDLE_TIMEOUT.minus(MOMENT));
    assertTrue(channel.isOpen());
    boolean _ = channel.writeInbound("a byte");
    pass(HttpConnection.REQUEST_TIMEOUT.minus(MOMENT));
    assertTrue(channel.isOpen());
    pass(MOMENT.multipliedBy(2));
    assertFalse(channel.isOpen());
    assertEquals(1, refused("http_request_timeout"));
  }

  @Test
  void idleTimeoutIsNoRefusal() {
    connection.onRequest();
    connection.onResponseSent();
    pass(HttpConnection.IDLE_TIMEOUT.plus(MOMENT));
    assertFalse(channel.isOpen());
    assertEquals(0, refused("http_request_timeout"));
    assertEquals(0, refused("http_answer_timeout"));
  }
}
