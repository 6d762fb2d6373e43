package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ttsworker.engine.AudioFormat;
import dev.ttsworker.engine.audio.LevelCalibration.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LevelCalibrationTest {
  private static final int RATE_HZ = 22_050;
  private static final int FRAME_SAMPLES = 960;

  private final LevelCalibration calibration = new LevelCalibration(-16, -1);

  @Test
  void whatNeedsNoLimitingGetsTheDistance() {
    Level level = level(Signals.sine(997, RATE_HZ, 0.05, 5 * RATE_HZ));
    assertEquals(-16 - level.rawLufs(), level.gainDb(), 0.1);
    assertEquals(-16, level.reachedLufs(), 0.05);
  }

  @Test
  void whatTheLimiterTakesIsMadeUpFor() {
    float[] speech = peaky(0.04, 6);
    Level level = level(speech);
    System.out.println("LevelCalibrationTest " + level);
    assertEquals(-16, level.reachedLufs(), 0.05);
    assertTrue(level.gainDb() > -16 - level.rawLufs() + 0.5, level::toString);
  }

  @Test
  void whatIsReachedIsWhatCallersGet() {
    float[] speech = peaky(0.04, 6);
    Level level = level(speech);
    SpeechPipeline pipeline =
        new SpeechPipeline(RATE_HZ, level.gainDb(), calibration.ceilingDb(), AudioFormat.DEFAULT);
    List<byte[]> frames = new ArrayList<>(pipeline.process(speech));
    frames.addAll(pipeline.finish());
    ShortBuffer heard = ShortBuffer.allocate(frames.size() * FRAME_SAMPLES);
    for (byte[] frame : frames) {
      heard.put(ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer());
    }
    float[] samples = new float[heard.position()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = heard.get(i) / 32768f;
    }
    assertEquals(
        Loudness.integratedLufs(samples, AudioFormat.DEFAULT.sampleRateHz()).orElseThrow(),
        level.reachedLufs());
  }

  @Test
  void gainStaysSane() {
    assertEquals(20, level(Signals.sine(997, RATE_HZ, 0.001, RATE_HZ)).gainDb());
    assertEquals(-20, level(Signals.sine(997, RATE_HZ, 500, RATE_HZ)).gainDb());
    Level squeezed = new LevelCalibration(-4, -10).of(peaky(0.1, 5), RATE_HZ).orElseThrow();
    assertEquals(-4 - squeezed.rawLufs() + 6, squeezed.gainDb(), 1e-9);
    assertTrue(squeezed.reachedLufs() < -5, squeezed::toString);
  }

  @Test
  void silenceHasNoLevel() {
    assertEquals(Optional.empty(), calibration.of(new float[RATE_HZ], RATE_HZ));
    assertEquals(Optional.empty(), calibration.of(new float[0], RATE_HZ));
  }

  private Level level(float[] samples) {
    return calibration.of(samples, RATE_HZ).orElseThrow();
  }

  /// Noise with a pulse of twenty samples each fifty milliseconds.
  private static float[] peaky(double amplitude, double pulse) {
    float[] signal = Signals.noise(new Random(7), amplitude, 5 * RATE_HZ);
    for (int i = 0; i < signal.length; i++) {
      if (i % (RATE_HZ / 20) < 20) {
        signal[i] *= (float) pulse;
      }
    }
    return signal;
  }
}
