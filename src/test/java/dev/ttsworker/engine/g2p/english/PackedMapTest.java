package dev.ttsworker.engine.g2p.english;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PackedMapTest {
  @Test
  void findsExactlyWhatWasPacked() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < 2_000; i++) {
      entries.put(word(random), "v" + random.nextInt(100));
    }
    PackedMap map = PackedMap.of(PackedMap.pack(entries));
    entries.forEach((key, value) -> assertEquals(Optional.of(value), map.get(key), "seed " + seed));
    for (int i = 0; i < 5_000; i++) {
      String key = word(random);
      assertEquals(Optional.ofNullable(entries.get(key)), map.get(key), "seed " + seed);
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(6); length >= 0; length--) {
      word.append("abcé".charAt(random.nextInt(4)));
    }
    return word.toString();
  }

  @Test
  void emptyMapAndEmptyKeysAreAllowed() {
    assertEquals(Optional.empty(), PackedMap.of(PackedMap.pack(Map.of())).get("a"));
    PackedMap map = PackedMap.of(PackedMap.pack(Map.of("", "x", "a", "")));
    assertEquals(Optional.of("x"), map.get(""));
    assertEquals(Optional.of(""), map.get("a"));
  }

  @Test
  void tooLongEntriesAreRefused() {
    Map<String, String> entries = Map.of("a", "x".repeat(256));
    assertThrows(IllegalArgumentException.class, () -> PackedMap.pack(entries));
  }
}
