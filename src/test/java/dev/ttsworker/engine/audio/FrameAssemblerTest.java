package dev.ttsworker.engine.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.engine.AudioFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrameAssemblerTest {
  private static final float FULL_SCALE = 32_768;

  @Test
  void samplesAreRoundedAndClamped() {
    float[] edges = {
      0,
      -0f,
      0.5f,
      -0.5f,
      1.5f,
      -1.5f,
      0.49999997f,
      -0.49999997f,
      -0.50000006f,
      1e-30f,
      -1e-30f,
      32_766.5f,
      32_767,
      32_767.5f,
      32_768,
      1e9f,
      -32_767.5f,
      -32_768,
      -32_768.5f,
      -1e9f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE
    };
    for (float edge : edges) {
      assertEquals(expected(edge / FULL_SCALE), assembled(edge / FULL_SCALE), "value " + edge);
    }
    long seed = System.nanoTime();
    System.out.println("FrameAssemblerTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      float near = (random.nextInt(65_536) - 32_768 + random.nextInt(5) * 0.25f) / FULL_SCALE;
      assertEquals(expected(value), assembled(value), "value " + value);
      assertEquals(expected(near), assembled(near), "value " + near);
    }
  }

  private static int expected(float sample) {
    return Math.clamp(Math.round(sample * FULL_SCALE), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  private static int assembled(float sample) {
    FrameAssembler frames = new FrameAssembler(new AudioFormat(8_000, AudioEncoding.PCM_S16LE));
    List<byte[]> complete = new ArrayList<>();
    frames.add(new float[] {sample}, complete);
    frames.flush(complete);
    byte[] frame = complete.getFirst();
    return (short) ((frame[0] & 0xFF) | (frame[1] << 8));
  }
}
