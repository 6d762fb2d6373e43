package dev.ttsworker.engine.g2p.espeak;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class UnreadableTextsTest {
  private final AtomicLong now = new AtomicLong();
  private final UnreadableTexts texts = new UnreadableTexts(now::get);

  @Test
  void textIsKnownInItsVoiceOnly() {
    texts.add("en", "text");
    assertTrue(texts.contains("en", "text"));
    assertFalse(texts.contains("de", "text"));
    assertFalse(texts.contains("en", "text "));
    assertFalse(texts.contains("ent", "ext"));
  }

  @Test
  void oldestTextGoesFirst() {
    for (int i = 0; i <= UnreadableTexts.MOST; i++) {
      texts.add("en", "text " + i);
    }
    assertFalse(texts.contains("en", "text 0"));
    assertTrue(texts.contains("en", "text 1"));
    assertTrue(texts.contains("en", "text " + UnreadableTexts.MOST));
  }

  @Test
  void textIsForgottenAfterItsTime() {
    texts.add("en", "text");
    now.set(UnreadableTexts.KEPT.toNanos() - 1);
    assertTrue(texts.contains("en", "text"));
    now.incrementAndGet();
    assertFalse(texts.contains("en", "text"));
  }
}
