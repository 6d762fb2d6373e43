package dev.ttsworker.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class GateTest {
  @Test
  void letsSoManyBegin() {
    Gate gate = new Gate(2);
    assertTrue(gate.begin());
    assertTrue(gate.begin());
    assertFalse(gate.begin());
    gate.end();
    assertFalse(gate.begin());
    assertFalse(gate.exhausted());
    gate.end();
    assertTrue(gate.exhausted());
  }

  @Test
  void closedGateLetsNoneBeginAndWaitsForThoseThatRun() throws InterruptedException {
    Gate gate = new Gate(Integer.MAX_VALUE);
    assertTrue(gate.begin());
    gate.close();
    assertFalse(gate.begin());
    assertEquals(1, gate.running());
    assertFalse(gate.awaitNone(0));
    gate.end();
    assertTrue(gate.awaitNone(0));
  }
}
