package dev.ttsworker.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.voices.EvictionPolicy.Candidate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvictionPolicyTest {
  private final EvictionPolicy policy =
      new EvictionPolicy(2, Duration.ofMinutes(10), Duration.ofMinutes(2));

  @Test
  void leastRecentlyUsedLeaveFirstAndOnlyAsManyAsNeeded() {
    List<Candidate> residents =
        List.of(unneeded("a", 5), unneeded("b", 300), unneeded("c", 60), unneeded("d", 7));
    assertEquals(List.of("b", "c"), policy.overCap(residents));
    assertEquals(List.of(), policy.overCap(residents.subList(0, 2)));
  }

  @Test
  void neededModelsStayAboveTheCap() {
    List<Candidate> residents =
        List.of(needed("a", 900), needed("b", 900), needed("c", 900), unneeded("d", 0));
    assertEquals(List.of("d"), policy.overCap(residents));
  }

  @Test
  void idleModelsLeaveAtTheEndOfTheirTime() {
    List<Candidate> residents = List.of(unneeded("a", 599), unneeded("b", 600), needed("c", 900));
    assertEquals(List.of("b"), policy.idle(residents));
  }

  @Test
  void zeroTimeToLiveMeansNever() {
    EvictionPolicy never = new EvictionPolicy(2, Duration.ZERO, Duration.ZERO);
    assertEquals(List.of(), never.idle(List.of(unneeded("a", 1_000_000))));
  }

  @Test
  void minimumResidencyOutlastsAShortTimeToLive() {
    EvictionPolicy brief = new EvictionPolicy(2, Duration.ofSeconds(1), Duration.ofMinutes(2));
    Candidate young = new Candidate("a", false, Duration.ofSeconds(100), Duration.ofSeconds(119));
    Candidate old = new Candidate("b", false, Duration.ofSeconds(100), Duration.ofSeconds(120));
    assertEquals(List.of("b"), brief.idle(List.of(young, old)));
  }

  private static Candidate unneeded(String modelId, long idleSeconds) {
    return new Candidate(modelId, false, Duration.ofSeconds(idleSeconds), Duration.ofDays(1));
  }

  private static Candidate needed(String modelId, long idleSeconds) {
    return new Candidate(modelId, true, Duration.ofSeconds(idleSeconds), Duration.ofDays(1));
  }
}
