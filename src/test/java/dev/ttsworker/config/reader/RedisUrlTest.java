package dev.ttsworker.config.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ttsworker.config.RedisAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is allowed stands in KeyBoundsTest.
final class RedisUrlTest {
  @Test
  void takesTheUrlApart() {
    assertEquals(
        Optional.of(
            new RedisAddress(true, "h", 7, Optional.of("us:er"), Optional.of("a+b@/:%c"), 12)),
        RedisUrl.parse("rediss://us%3Aer:a+b%40%2F:%25c@h:7/12"));
    assertEquals(
        Optional.of(
            new RedisAddress(false, "fe80::1", 6379, Optional.empty(), Optional.of("secret"), 0)),
        RedisUrl.parse("redis://:secret@[fe80::1]"));
  }
}
