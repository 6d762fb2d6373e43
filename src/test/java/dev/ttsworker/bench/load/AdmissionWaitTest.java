package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class AdmissionWaitTest {
  @Test
  void meanIsThatOfTheCallsThatWereLetInMeanwhile() {
    assertEquals(
        OptionalDouble.of(50),
        AdmissionWait.meanMs(
            Map.of("admissions", 10.0, "admission_wait_seconds", 4.0),
            Map.of("admissions", 30.0, "admission_wait_seconds", 5.0)));
  }

  @Test
  void serverThatLetsNobodyInOrTellsNothingHasNoWait() {
    assertEquals(OptionalDouble.empty(), AdmissionWait.meanMs(Map.of(), Map.of()));
    Map<String, Double> same = Map.of("admissions", 10.0, "admission_wait_seconds", 4.0);
    assertEquals(OptionalDouble.empty(), AdmissionWait.meanMs(same, same));
  }
}
