package dev.ttsworker.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTableTest {
  @Test
  void wordsGoLeftAndNumbersRight() {
    TextTable table = new TextTable("Title", List.of("server", "set", "p50"));
    table.row(List.of("worker-1", "long", "7"));
    table.row(List.of("w", "s", "12.25"));
    assertEquals(
        List.of(
            "", "Title", "server    set     p50", "worker-1  long      7", "w         s     12.25"),
        table.lines());
    assertThrows(IllegalArgumentException.class, () -> table.row(List.of("too", "few")));
  }
}
