package dev.ttsworker.metrics;

import dev.ttsworker.engine.SynthesisStage;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;

/// The frames of one call, with every label looked up before: [#sent] allocates nothing and takes
/// no lock.
public final class CallFrameMetrics {
  private final FrameMetrics all;
  private final DistributionDataPoint firstAudioSeconds;
  private final DistributionDataPoint sendStageSeconds;

  CallFrameMetrics(FrameMetrics all, DistributionDataPoint firstAudioSeconds) {
    this.all = all;
    this.firstAudioSeconds = firstAudioSeconds;
    this.sendStageSeconds = all.stages.point(SynthesisStage.SEND);
  }

  /// A frame was handed over to the transport.
  public void sent(long tookNanos) {
    all.sent.inc();
    all.sendTimes.observe(tookNanos);
  }

  /// All frames of one computation were handed over.
  public void delivered(long tookNanos) {
    sendStageSeconds.observe(Seconds.of(tookNanos));
  }

  /// Computed frames will never leave.
  public void dropped(long frames) {
    all.dropped.inc(frames);
  }

  /// The listener heard a gap.
  public void underrun() {
    all.underruns.inc();
  }

  /// The first frame left, so long after the first text.
  public void firstAudio(long nanos) {
    firstAudioSeconds.observe(Seconds.of(nanos));
  }

  /// The first frame that can be heard left, so long after the first text.
  public void firstAudible(long nanos) {
    all.firstAudibleSeconds.observe(Seconds.of(nanos));
  }
}
