package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CapacitySearchTest {
  private static final int MOST = 64;

  private final CapacitySearch search = new CapacitySearch(MOST);
  private final List<Integer> brief = new ArrayList<>();
  private final List<Integer> full = new ArrayList<>();

  private int largest(int heldBriefly, int heldFully) throws InterruptedException {
    return search.largest(
        count -> {
          brief.add(count);
          return count <= heldBriefly;
        },
        count -> {
          full.add(count);
          return count <= heldFully;
        });
  }

  @Test
  void findsEveryCapacity() throws InterruptedException {
    for (int capacity = 0; capacity <= MOST; capacity++) {
      brief.clear();
      assertEquals(capacity, largest(capacity, capacity));
      assertTrue(brief.size() <= 18, capacity + " took " + brief);
    }
  }

  @Test
  void doublesAndHalves() throws InterruptedException {
    assertEquals(11, largest(11, 11));
    assertEquals(List.of(4, 8, 16, 16, 12, 12, 10, 11), brief);
    assertEquals(List.of(11, 12), full);
  }

  @Test
  void briefRunsHaveASecondTryAndFullOnesNone() throws InterruptedException {
    int found =
        search.largest(
            count -> {
              brief.add(count);
              return count <= 9 && Collections.frequency(brief, count) == 2;
            },
            count -> {
              full.add(count);
              return Collections.frequency(full, count) == 2;
            });
    assertEquals(0, found);
    assertEquals(List.of(4, 4, 8, 8, 16, 16, 12, 12, 10, 10, 9, 9), brief);
    assertEquals(List.of(9, 8, 7, 6, 5, 4, 3, 2, 1), full);
  }

  @Test
  void fullRunsDecideDownwards() throws InterruptedException {
    assertEquals(9, largest(11, 9));
    assertEquals(List.of(11, 10, 9), full);
  }

  @Test
  void fullRunsDecideUpwards() throws InterruptedException {
    assertEquals(13, largest(11, 13));
    assertEquals(List.of(11, 12, 13, 14), full);
  }

  @Test
  void nothingHolds() throws InterruptedException {
    assertEquals(0, largest(2, 0));
    assertEquals(List.of(2, 1), full);
  }

  @Test
  void neverTriesMoreThanAllowed() throws InterruptedException {
    assertEquals(MOST, largest(1000, 1000));
    assertEquals(List.of(4, 8, 16, 32, 64), brief);
    assertEquals(List.of(64), full);
  }
}
