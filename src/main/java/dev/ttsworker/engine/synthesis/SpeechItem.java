package dev.ttsworker.engine.synthesis;

import java.time.Duration;
import java.util.function.Supplier;

/// Synthesis item: what comes next in a call.
sealed interface SpeechItem {
  /// A segment of text.
  ///
  /// @param script reads it; computes, so it belongs on the inference threads
  record Phrase(Supplier<VerbalizedSegment> script) implements SpeechItem {}

  /// Silence.
  record Silence(Duration length) implements SpeechItem {}

  /// All that follows is spoken so.
  ///
  /// @param rate times the session's speed
  /// @param volumeDb added to the session's level
  record Prosody(double rate, double volumeDb) implements SpeechItem {}
}
