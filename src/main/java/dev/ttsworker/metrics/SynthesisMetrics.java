package dev.ttsworker.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.Optional;

/// Metrics of Synthesize calls and their output. Thread-safe.
public final class SynthesisMetrics {
  private final Counter requests;
  private final Counter protocols;
  private final Histogram seconds;
  private final Histogram waits;
  private final Gauge realTimeFactor;
  private final Counter framesGenerated;
  private final Counter normalizations;
  private final Counter unknownPhonemes;

  SynthesisMetrics(MetricFactory factory, MetricFactory rtf) {
    requests =
        factory.counter(
            "tts_synthesis_requests_total",
            "Synthesize calls that ended: completed, stopped, cancelled, failed, or refused for lack of capacity",
            "model_id",
            "outcome");
    protocols =
        factory.counter(
            "tts_protocol_calls_total",
            "Calls that ended, by the protocol by which they came",
            "protocol",
            "outcome");
    seconds =
        factory.callDurations(
            "tts_synthesis_duration_seconds", "From the opening of a Synthesize call to its end");
    waits =
        factory.durations(
            "tts_admission_wait_seconds",
            "Time that a call waited for capacity before it was let in, 0 for most");
    realTimeFactor =
        rtf.gauge(
            "tts_synthesis_rtf",
            "Computing time per time of audio of the latest call that was spoken to its end",
            "model_id");
    framesGenerated =
        factory.counter("tts_audio_frames_generated_total", "Frames of 20 ms that were computed");
    normalizations =
        factory.counter(
            "tts_audio_normalization_total",
            "Calls whose sound was brought to the loudness target");
    unknownPhonemes =
        factory.counter("tts_unknown_phonemes_total", "Phonemes that a voice has no id for");
  }

  /// Initializes a voice with zero calls of each outcome, so that a rate sees the first of each.
  public void initialize(String modelId) {
    for (CallOutcome outcome : CallOutcome.values()) {
      requests.initLabelValues(modelId, outcome.label());
    }
  }

  /// Counts an admitted call that has ended.
  ///
  /// @param traceId of its trace, for exemplars
  public void ended(String modelId, CallOutcome outcome, Duration took, Optional<String> traceId) {
    requests.labelValues(modelId, outcome.label()).inc();
    TracedDuration.of(seconds, traceId).observe(Seconds.of(took));
  }

  /// Counts a call that has ended, admitted or not.
  ///
  /// @param protocol such as `tts`
  public void protocolEnded(String protocol, CallOutcome outcome) {
    protocols.labelValues(protocol, outcome.label()).inc();
  }

  /// Initializes a protocol with zero calls of each outcome.
  public void initializeProtocol(String protocol) {
    for (CallOutcome outcome : CallOutcome.values()) {
      protocols.initLabelValues(protocol, outcome.label());
    }
  }

  /// Records the queueing delay of an admitted call.
  public void admitted(Duration waited) {
    waits.observe(Seconds.of(waited));
  }

  /// Counts a call that was not admitted, since it would have caused underruns of others.
  public void refused(String modelId) {
    requests.labelValues(modelId, CallOutcome.REFUSED.label()).inc();
  }

  public void realTimeFactor(String modelId, double factor) {
    realTimeFactor.labelValues(modelId).set(factor);
  }

  public void framesGenerated(long count) {
    framesGenerated.inc(count);
  }

  public void normalized() {
    normalizations.inc();
  }

  public void unknownPhonemes(int count) {
    unknownPhonemes.inc(count);
  }
}
