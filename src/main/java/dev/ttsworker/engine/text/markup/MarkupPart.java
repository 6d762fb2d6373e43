package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import java.time.Duration;
import java.util.Optional;

/// What a reader of markup finds in a text, in its order.
public sealed interface MarkupPart {
  /// Text to be said.
  ///
  /// @param text without marks, never empty
  /// @param start offset in code points, in the call's whole text, of what it was written as
  /// @param end offset just past that; `text` stands there letter for letter when it is as long
  /// @param saying how it is said; empty for as any other text
  record Words(String text, long start, long end, Optional<PronunciationOverride> saying)
      implements MarkupPart {
    public Words {
      if (text.isEmpty() || start < 0 || end < start) {
        throw new IllegalArgumentException(
            "%d characters from %d to %d".formatted(text.length(), start, end));
      }
    }

    /// Code points of the text.
    long length() {
      return text.codePointCount(0, text.length());
    }
  }

  /// A sentence ends, and nothing is said for so long; perhaps no time at all.
  record Pause(Duration length) implements MarkupPart, MarkupEvent {}

  /// A sentence ends, and from here on speech has another manner.
  ///
  /// @param rate times the session's speed, [#SLOWEST] to [#FASTEST]
  /// @param volumeDb added to the session's level, [#QUIETEST_DB] to [#LOUDEST_DB]
  record Manner(double rate, double volumeDb) implements MarkupPart, MarkupEvent {
    static final double SLOWEST = 0.25;
    static final double FASTEST = 4;
    static final double QUIETEST_DB = -60;
    static final double LOUDEST_DB = 12;

    /// As the session has it.
    public static final Manner PLAIN = new Manner(1, 0);

    public Manner {
      boolean valid =
          rate >= SLOWEST && rate <= FASTEST && volumeDb >= QUIETEST_DB && volumeDb <= LOUDEST_DB;
      if (!valid) {
        throw new IllegalArgumentException("rate " + rate + ", volume " + volumeDb + " dB");
      }
    }
  }
}
