package dev.ttsworker.engine.voice.sentence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class FrameBufferTest {
  @Test
  void columnsKeepTheirNumbersWhenOthersAreAddedAndForgotten() {
    FrameBuffer buffer = new FrameBuffer(2);
    for (int column = 0; column < 50; column++) {
      buffer.grow(1);
      buffer.set(0, column, column);
      buffer.set(1, column, -column);
      buffer.forgetBefore(column - 7);
    }
    for (int column = 43; column < 50; column++) {
      assertEquals(column, buffer.get(0, column));
      assertEquals(-column, buffer.get(1, column));
    }
    assertThrows(IllegalArgumentException.class, () -> buffer.get(0, 41));
    assertThrows(IllegalArgumentException.class, () -> buffer.get(0, 50));
  }

  @Test
  void reservedRoomIsFilledWithoutCopies() {
    FrameBuffer buffer = new FrameBuffer(3);
    buffer.reserve(20);
    buffer.grow(1);
    float[] matrix = buffer.tensor(0, 1).matrix();
    for (int i = 1; i < 20; i++) {
      buffer.grow(1);
    }
    assertSame(matrix, buffer.tensor(0, 20).matrix());
  }
}
