package dev.ttsworker.engine.voice.sentence;

import dev.ttsworker.config.PauseSettings;
import java.time.Duration;

/// Samples of silence that are added at marks inside a sentence.
public record AddedSamples(long comma, long clause) {
  public static final AddedSamples NONE = new AddedSamples(0, 0);

  private static final int MILLIS_PER_SECOND = 1_000;

  /// Those of a session's pauses.
  public static AddedSamples of(PauseSettings pauses, int sampleRateHz) {
    return new AddedSamples(
        samples(pauses.comma(), sampleRateHz), samples(pauses.clause(), sampleRateHz));
  }

  private static long samples(Duration pause, int sampleRateHz) {
    return pause.toMillis() * sampleRateHz / MILLIS_PER_SECOND;
  }

  /// Those of a mark.
  ///
  /// @param mark one of [PausePunctuation]
  public long at(byte mark) {
    return switch (mark) {
      case PausePunctuation.COMMA -> comma;
      case PausePunctuation.CLAUSE -> clause;
      default -> 0;
    };
  }
}
