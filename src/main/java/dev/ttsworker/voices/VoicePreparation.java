package dev.ttsworker.voices;

import dev.ttsworker.config.ModelSettings;
import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Voice;
import dev.ttsworker.engine.VoiceLoader;
import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.metrics.WorkerMetrics;
import dev.ttsworker.voicepack.Voicepack;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loading and warm-up of a voice, with the log lines and metrics of both.
final class VoicePreparation {
  private static final Logger LOG = LoggerFactory.getLogger(VoicePreparation.class);

  private final ModelSettings settings;
  private final VoiceLoader loader;
  private final WorkerMetrics metrics;
  private final LongSupplier nanoClock;
  private final CancellationToken cancel = new CancellationToken();

  VoicePreparation(
      ModelSettings settings, VoiceLoader loader, WorkerMetrics metrics, LongSupplier nanoClock) {
    this.settings = settings;
    this.loader = loader;
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /// Takes seconds. The caller closes the voice.
  ///
  /// @throws WorkerException whatever goes wrong, out of memory and missing native libraries
  ///   included: the worker lives on without this voice
  Voice prepare(Voicepack voicepack, Placement placement) {
    String modelId = voicepack.modelId();
    long begin = nanoClock.getAsLong();
    LOG.atInfo()
        .addKeyValue("model_id", modelId)
        .addKeyValue("placement", placement)
        .log("Loading model");
    try {
      Voice voice = warm(loader.load(voicepack, placement), modelId);
      Duration took = Duration.ofNanos(nanoClock.getAsLong() - begin);
      metrics.models().loaded(took);
      voice.loudnessLufs().ifPresent(lufs -> metrics.models().loudness(modelId, lufs));
      LOG.atInfo()
          .addKeyValue("model_id", modelId)
          .addKeyValue("device", voice.description().device())
          .addKeyValue("load_time_ms", took.toMillis())
          .log("Model loaded successfully");
      return voice;
    } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
      throw failed(modelId, e);
    }
  }

  /// Ends running warm-ups, and with them the loads they belong to.
  void cancelWarmUps() {
    cancel.cancel();
  }

  private Voice warm(Voice voice, String modelId) {
    if (!settings.warmupEnabled()) {
      return voice;
    }
    boolean warmed = false;
    try {
      speakWarmUp(voice);
      measure(voice);
      warmed = true;
    } finally {
      if (!warmed) {
        voice.close();
      }
    }
    LOG.atInfo().addKeyValue("model_id", modelId).log("Warmup synthesis complete");
    return voice;
  }

  private double speakWarmUp(Voice voice) {
    return voice.warmUp(settings.warmupText(), cancel);
  }

  /// Once warm, the same again measures what this voice costs, before the first call.
  private void measure(Voice voice) {
    long begin = nanoClock.getAsLong();
    double audio = speakWarmUp(voice);
    if (audio > 0) {
      voice.calibrateCost((nanoClock.getAsLong() - begin) / 1e9, audio);
    }
  }

  private WorkerException failed(String modelId, Throwable cause) {
    if (cause instanceof WorkerException stopped && stopped.code() == ErrorCode.CALL_CANCELLED) {
      LOG.atInfo().addKeyValue("model_id", modelId).log("Model not loaded: the worker stops");
      return stopped;
    }
    metrics.models().loadFailed();
    LOG.atError()
        .addKeyValue("model_id", modelId)
        .addKeyValue("error_type", cause.getClass().getSimpleName())
        .addKeyValue("error", String.valueOf(cause.getMessage()))
        .log("Model load failed");
    if (cause instanceof WorkerException expected) {
      return expected;
    }
    return new WorkerException(
        ErrorCode.MODEL_LOAD_FAILED, "Model " + modelId + " cannot be loaded: " + cause, cause);
  }
}
