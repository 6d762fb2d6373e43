package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.error.ErrorCode;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalMetricsTest {
  private static final String REFUSED = "tts_refused_total";

  /// Those of limits and rules.
  private static final Set<String> CALLS =
      Set.of(
          "message_too_large",
          "metadata_too_large",
          "malformed_request",
          "text_too_long",
          "no_capacity",
          "budget_exceeded",
          "unauthenticated");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RefusalMetrics metrics = new RefusalMetrics(registry);

  /// A rate does not see the first of a series that begins with it.
  @Test
  void reasonsArePublishedBeforeTheFirstRefusal() {
    Exposition page = Exposition.of(registry);
    CALLS.forEach(reason -> assertEquals(1, page.count(REFUSED, "reason", reason), reason));
    for (RefusalMetrics.Connection reason : RefusalMetrics.Connection.values()) {
      assertEquals(1, page.count(REFUSED, "reason", label(reason)), label(reason));
    }
    assertEquals(CALLS.size() + RefusalMetrics.Connection.values().length, page.count(REFUSED));
    assertEquals(0, page.sum(REFUSED));
  }

  @ParameterizedTest
  @EnumSource
  void callsThatALimitOrARuleRefusedAreCounted(ErrorCode reason) {
    metrics.call(reason);
    Exposition page = Exposition.of(registry);
    int expected = CALLS.contains(label(reason)) ? 1 : 0;
    assertEquals(expected, page.sum(REFUSED));
    assertEquals(expected, page.sum(REFUSED, "reason", label(reason)));
  }

  @ParameterizedTest
  @EnumSource
  void connectionsAreCounted(RefusalMetrics.Connection reason) {
    metrics.connection(reason);
    Exposition page = Exposition.of(registry);
    assertEquals(1, page.sum(REFUSED));
    assertEquals(1, page.sum(REFUSED, "reason", label(reason)));
  }

  private static String label(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
