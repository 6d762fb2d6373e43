package dev.ttsworker.engine.synthesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CostMeterTest {
  private final AtomicLong now = new AtomicLong(1_000_000_000L);
  private final CostMeter meter = new CostMeter(now::get, new WorkClock(() -> false));

  @Test
  void windowsOfAnyCallsMakeOneMeasurement() {
    for (int i = 0; i < 100; i++) {
      meter.charge("voice", 0.01, 0.2);
    }
    assertEquals(0.05, meter.realTimeFactor("voice"), 1e-9);
    assertEquals(0.05, meter.realTimeFactor(), 1e-9);
    assertEquals(20, meter.audioSeconds(), 1e-9);
  }

  @Test
  void loadedVoiceCostsWhatItsWarmUpNeeded() {
    meter.calibrate("voice", 0.12, 2);
    assertEquals(0.06, meter.realTimeFactor("voice"), 1e-9);
    assertEquals(0.06, meter.realTimeFactor("other"), 1e-9, "what others cost");
  }

  @Test
  void hostileFirstSoundsChangeLittleAndAreForgotten() {
    double usual = meter.firstAudioSeconds("voice", 60);
    for (int i = 0; i < 20; i++) {
      meter.firstSound("voice", usual, 60);
    }
    for (int i = 0; i < 3; i++) {
      meter.firstSound("voice", 20, 380);
    }
    assertTrue(
        meter.firstAudioSeconds("voice", 60) < 1.5 * usual,
        "first sound " + meter.firstAudioSeconds("voice", 60));
    now.addAndGet(Duration.ofMinutes(6).toNanos());
    assertEquals(usual, meter.firstAudioSeconds("voice", 60), 1e-9);
  }

  @Test
  void oneHonestLongSentenceFirstChangesLittle() {
    double usual = meter.firstAudioSeconds("voice", 60);
    meter.firstSound("voice", 0.3, 380);
    meter.charge("voice", 0.5, 2);
    assertTrue(meter.firstAudioSeconds("voice", 60) < 1.5 * usual);
    assertTrue(meter.realTimeFactor("voice") < 1.5 * 0.15, "cost " + meter.realTimeFactor("voice"));
  }

  @Test
  void oneVoicesFirstSoundSaysNothingOfAnothers() {
    for (int i = 0; i < 20; i++) {
      meter.firstSound("slow", 1, 60);
    }
    assertEquals(1, meter.firstAudioSeconds("slow", 60), 1e-9);
    assertEquals(0.05, meter.firstAudioSeconds("quick", 60), 1e-9);
  }
}
