package dev.ttsworker.grpc.riva;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class SourceSlicesTest {
  private final SourceSlices source = new SourceSlices();

  @Test
  void blankIsPutBetweenMessagesUnlessThereIsOne() {
    assertEquals("One", source.add("One"));
    assertEquals(" two.", source.add("two."));
    assertEquals("", source.add(""));
    assertEquals(" three ", source.add(" three "));
    assertEquals("four", source.add("four"));
    assertEquals("One two. three four", source.takeTo(100));
  }

  @Test
  void slicesAreCountedInCodePointsAndComeOnce() {
    assertEquals("😀 a “b” c", source.add("😀 a “b” c"));
    assertEquals("😀 a", source.takeTo(3));
    assertEquals("", source.takeTo(3));
    assertEquals("", source.takeTo(1));
    assertEquals("“b”", source.takeTo(7));
    assertEquals("c", source.takeTo(9));
    assertEquals("", source.takeTo(100));
  }
}
