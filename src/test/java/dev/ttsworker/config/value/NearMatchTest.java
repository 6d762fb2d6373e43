package dev.ttsworker.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearMatchTest {
  private static final List<String> WORDS = List.of("max_open", "max_pause_ms", "ttl_ms", "url");

  @Test
  void fewestEditsWin() {
    assertEquals(Optional.of("max_open"), NearMatch.of("max_opne", WORDS));
    assertEquals(Optional.of("max_open"), NearMatch.of("MAX-OPEN", WORDS));
    assertEquals(Optional.of("max_pause_ms"), NearMatch.of("maxpausems", WORDS));
    assertEquals(Optional.of("url"), NearMatch.of("uri", WORDS));
    assertEquals(Optional.of("max_pause_ms"), NearMatch.of("max_pause", WORDS));
  }

  @Test
  void meaningComesBeforeSpelling() {
    List<String> devices = List.of("auto", "cuda", "cpu");
    Map<String, String> meanings = Map.of("gpu", "cuda");
    assertEquals("; did you mean cuda?", NearMatch.question("gpu", devices, meanings));
    assertEquals("; did you mean cuda?", NearMatch.question(" GPU-0\n", devices, meanings));
    assertEquals("; did you mean cuda?", NearMatch.question("gpu:12", devices, meanings));
    assertEquals("; did you mean cpu?", NearMatch.question("gpu", devices, Map.of()));
    assertEquals("", NearMatch.question("gpu:x", List.of("auto"), Map.of()));
  }

  @Test
  void nothingNearIsNothing() {
    assertEquals(Optional.empty(), NearMatch.of("", WORDS));
    assertEquals(Optional.empty(), NearMatch.of("abc", WORDS));
    assertEquals(Optional.empty(), NearMatch.of("evict", WORDS));
    assertEquals(Optional.empty(), NearMatch.of("x".repeat(100_000), WORDS));
  }
}
