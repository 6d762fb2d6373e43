package dev.ttsworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FrameMetricsTest {
  private static final int FRAMES = 20_000;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final FrameMetrics metrics = new WorkerMetrics(registry).frames();

  @Test
  void framesOfAllCallsAreAddedUp() {
    CallFrameMetrics one = metrics.ofCall("a", Optional.empty());
    CallFrameMetrics two = metrics.ofCall("b", Optional.empty());
    one.firstAudio(40_000_000);
    two.firstAudio(60_000_000);
    two.firstAudible(260_000_000);
    one.sent(1_000_000);
    two.sent(3_000_000);
    two.delivered(7_000_000);
    two.dropped(5);
    one.underrun();
    Exposition page = Exposition.of(registry);
    assertEquals(2, page.sum("tts_frames_sent_total"));
    assertEquals(5, page.sum("tts_frames_dropped_total"));
    assertEquals(1, page.sum("tts_underruns_total"));
    assertEquals(0.004, page.sum("tts_frame_send_duration_seconds_sum"), 1e-9);
    assertEquals(0.007, page.sum("tts_stage_seconds_sum", "stage", "send"), 1e-9);
    assertEquals(0.04, page.sum("tts_first_audio_latency_seconds_sum", "model_id", "a"), 1e-9);
    assertEquals(0.06, page.sum("tts_first_audio_latency_seconds_sum", "model_id", "b"), 1e-9);
    assertEquals(0.26, page.sum("tts_first_audible_latency_seconds_sum"), 1e-9);
    assertEquals(Set.of(), page.family("tts_first_audible_latency_seconds").labels());
  }

  @Test
  void countingAFrameAllocatesNothing() {
    CallFrameMetrics call = metrics.ofCall("a", Optional.empty());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long leastAllocated = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < FRAMES; i++) {
        call.sent(i);
      }
      leastAllocated = Math.min(leastAllocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(leastAllocated < FRAMES, leastAllocated + " bytes for " + FRAMES + " frames");
  }
}
