package dev.ttsworker.engine.text.markup;

import dev.ttsworker.engine.PronunciationOverride;
import java.time.Duration;
import java.util.Optional;

/// Element of parsed markup, in text order.
public sealed interface MarkupPart {
  /// Text to be spoken.
  ///
  /// @param text without markup, never empty
  /// @param start offset in code points, in the call's whole text, of its source
  /// @param end offset just past its source; literal when as long as `text`
  /// @param override its pronunciation override; empty when there is none
  record Words(String text, long start, long end, Optional<PronunciationOverride> override)
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

  /// Pause: ends a sentence and adds silence, possibly none.
  record Pause(Duration length) implements MarkupPart, MarkupEvent {}

  /// Prosody change: ends a sentence and applies to the following text.
  ///
  /// @param rate factor of the session's speed, [#SLOWEST] to [#FASTEST]
  /// @param volumeDb added to the session's level, [#QUIETEST_DB] to [#LOUDEST_DB]
  record Prosody(double rate, double volumeDb) implements MarkupPart, MarkupEvent {
    static final double SLOWEST = 0.25;
    static final double FASTEST = 4;
    static final double QUIETEST_DB = -60;
    static final double LOUDEST_DB = 12;

    /// The session's prosody.
    public static final Prosody PLAIN = new Prosody(1, 0);

    public Prosody {
      boolean valid =
          rate >= SLOWEST && rate <= FASTEST && volumeDb >= QUIETEST_DB && volumeDb <= LOUDEST_DB;
      if (!valid) {
        throw new IllegalArgumentException("rate " + rate + ", volume " + volumeDb + " dB");
      }
    }
  }
}
