package dev.ttsworker.engine.g2p.espeak;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// Denylist of texts that ended a process with eSpeak NG, so that each ends only one. Holds the
/// last [#MOST] as hashes, for [#KEPT]: a text that was blamed wrongly can be read again later.
/// Thread-safe.
final class UnreadableTexts {
  static final int MOST = 1_000;
  static final Duration KEPT = Duration.ofHours(1);

  private final LongSupplier nanoTime;
  private final SequencedMap<Key, Long> since = new LinkedHashMap<>();

  /// Part of a cryptographic hash, so that no text collides with another one.
  private record Key(long high, long low) {}

  /// @param nanoTime as [System#nanoTime]
  UnreadableTexts(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void add(String voice, String text) {
    Key key = key(voice, text);
    synchronized (since) {
      since.remove(key);
      since.put(key, nanoTime.getAsLong());
      if (since.size() > MOST) {
        since.pollFirstEntry();
      }
    }
  }

  boolean contains(String voice, String text) {
    synchronized (since) {
      if (since.isEmpty()) {
        return false;
      }
    }
    Key key = key(voice, text);
    synchronized (since) {
      Long added = since.get(key);
      if (added != null && nanoTime.getAsLong() - added >= KEPT.toNanos()) {
        since.remove(key);
        return false;
      }
      return added != null;
    }
  }

  /// The text is at fault: another attempt or another worker would fail too.
  static WorkerException unreadable(String voice) {
    return new WorkerException(
        ErrorCode.INVALID_FIELD,
        "text: eSpeak NG cannot read a text in "
            + voice
            + ", it ends or does not come to an end; allowed: text without long runs of signs and"
            + " of words without blanks");
  }

  private static Key key(String voice, String text) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(voice.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
      ByteBuffer digest = ByteBuffer.wrap(hash.digest(text.getBytes(StandardCharsets.UTF_8)));
      return new Key(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
