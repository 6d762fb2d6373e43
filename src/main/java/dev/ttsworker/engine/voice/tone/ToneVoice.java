package dev.ttsworker.engine.voice.tone;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.Device;
import dev.ttsworker.engine.VoiceDescription;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Sine voice: 440 Hz for 500 ms for each text chunk, whatever the chunk says. These are exactly
/// 220 periods, so that chunks join in phase.
final class ToneVoice implements VoiceModel {
  static final int SAMPLE_RATE_HZ = 48_000;
  static final int SAMPLES_PER_CHUNK = SAMPLE_RATE_HZ / 2;

  private static final double PITCH_HZ = 440;
  private static final double AMPLITUDE = 0.25;

  private final VoiceDescription description;
  private final float[] chunk = sine();

  ToneVoice(Voicepack voicepack) {
    this.description =
        new VoiceDescription(
            voicepack.modelId(),
            voicepack.family(),
            SAMPLE_RATE_HZ,
            voicepack.languages(),
            Map.of(),
            1,
            VoiceDescription.Input.CHUNK,
            Device.CPU_NAME,
            false);
  }

  private static float[] sine() {
    float[] samples = new float[SAMPLES_PER_CHUNK];
    double step = 2 * Math.PI * PITCH_HZ / SAMPLE_RATE_HZ;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (AMPLITUDE * Math.sin(step * i));
    }
    return samples;
  }

  @Override
  public VoiceDescription description() {
    return description;
  }

  @Override
  public Rendering render(
      String text, WordTimingRequest asked, VoiceSettings settings, RandomGenerator noise) {
    return new ToneRendering(chunk);
  }

  @Override
  public void close() {
    // Nothing native is held.
  }

  private static final class ToneRendering implements Rendering {
    private final float[] chunk;
    private boolean finished;

    ToneRendering(float[] chunk) {
      this.chunk = chunk;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public float[] step(Pace pace, CancellationToken cancel) {
      if (cancel.isCancelled()) {
        throw new WorkerException(ErrorCode.CALL_CANCELLED, "The call was cancelled");
      }
      if (finished) {
        throw new IllegalStateException("The rendering is finished");
      }
      finished = true;
      return chunk.clone();
    }
  }
}
