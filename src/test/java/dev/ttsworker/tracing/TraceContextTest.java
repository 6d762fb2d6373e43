package dev.ttsworker.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

final class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void headerIsRead() {
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, true)),
        TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01"));
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, false)),
        TraceContext.parse("00-" + TRACE + "-" + SPAN + "-02"));
    assertEquals(
        Optional.of(new TraceContext(TRACE, SPAN, true)),
        TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-03-what-comes-later"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x"
      })
  void malformedHeaderIsIgnored(String header) {
    assertEquals(Optional.empty(), TraceContext.parse(header));
  }

  @Test
  void requestIsHandledAsPartOfItsTraceAndNothingStays() {
    TraceContext sent = new TraceContext(TRACE, SPAN, true);
    assertEquals(Optional.empty(), TraceContext.present());
    sent.handle(() -> {
      assertEquals(Optional.of(sent), TraceContext.present());
      assertEquals(TRACE, MDC.get("trace_id"));
    });
    assertEquals(Optional.empty(), TraceContext.present());
    assertNull(MDC.get("trace_id"));
  }
}
