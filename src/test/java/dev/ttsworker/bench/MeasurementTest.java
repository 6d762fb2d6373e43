package dev.ttsworker.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class MeasurementTest {
  @Test
  void idealIsCoresByTheCostOfASecondOfAudio() {
    Map<String, Double> before = Map.of("audio_seconds", 10.0, "inference_seconds", 2.0);
    Map<String, Double> after = Map.of("audio_seconds", 50.0, "inference_seconds", 7.0);
    assertEquals(OptionalDouble.of(16), Measurement.ideal(before, after, 2));
  }

  @Test
  void noIdealOfAServerThatDoesNotTell() {
    Map<String, Double> before = Map.of("audio_seconds", 10.0);
    assertEquals(OptionalDouble.empty(), Measurement.ideal(before, before, 2));
    assertEquals(
        OptionalDouble.empty(), Measurement.ideal(before, Map.of("audio_seconds", 20.0), 2));
  }
}
