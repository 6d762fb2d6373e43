package dev.ttsworker.bench.simulation;

import java.time.Duration;

/// Makes the conversations of a load. Deterministic for a seed.
public interface Dialogues {
  /// Begins one.
  ///
  /// @param number of the conversation
  Dialogue begin(long seed, long number);

  /// Within which conversations begin that are there from the start.
  Duration stagger(Duration warmUp);

  /// How long a conversation takes on average.
  Duration meanLength(SpeechProfile profile);

  /// Share of the time for which a conversation's listener hears speech, on average.
  double speakingShare(SpeechProfile profile);

  /// Characters of the sentences on average.
  double meanCharacters();

  /// Of first audio over the load's segments.
  double meanFirstSeconds(SpeechProfile profile);
}
