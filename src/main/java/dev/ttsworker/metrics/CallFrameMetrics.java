package dev.ttsworker.metrics;

import dev.ttsworker.engine.SynthesisStage;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;

/// Frame metrics of one call, with all labels resolved in advance: [#sent] allocates nothing and
/// takes no lock.
public final class CallFrameMetrics {
  private final FrameMetrics all;
  private final TracedDuration firstAudioSeconds;
  private final TracedDuration firstAudibleSeconds;
  private final DistributionDataPoint sendStageSeconds;

  CallFrameMetrics(
      FrameMetrics all, TracedDuration firstAudioSeconds, TracedDuration firstAudibleSeconds) {
    this.all = all;
    this.firstAudioSeconds = firstAudioSeconds;
    this.firstAudibleSeconds = firstAudibleSeconds;
    this.sendStageSeconds = all.stages.point(SynthesisStage.SEND);
  }

  /// Records a frame handed to the transport.
  public void sent(long tookNanos) {
    all.sent.inc();
    all.sendTimes.observe(tookNanos);
  }

  /// Records that all frames of one computation were handed to the transport.
  public void delivered(long tookNanos) {
    sendStageSeconds.observe(Seconds.of(tookNanos));
  }

  /// Counts computed frames that were not sent.
  public void dropped(long frames) {
    all.dropped.inc(frames);
  }

  /// Counts an underrun of the listener.
  public void underrun() {
    all.underruns.inc();
  }

  /// Records the latency from the first text to the first frame.
  public void firstAudio(long nanos) {
    firstAudioSeconds.observe(Seconds.of(nanos));
  }

  /// Records the latency from the first text to the first audible frame.
  public void firstAudible(long nanos) {
    firstAudibleSeconds.observe(Seconds.of(nanos));
  }
}
