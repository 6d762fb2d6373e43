package dev.ttsworker.bench.simulation;

/// The measured cost of a voice on one inference thread.
///
/// @param cost seconds of a thread for a second of speech, all stages together
/// @param firstAudioSeconds seconds of a thread up to the first audio of a sentence of
///   [#USUAL_CHARACTERS]
/// @param charactersPerSecond how fast it speaks
/// @param overheadSeconds of each first audio outside of inference: wire, hand-over between threads
/// @param spread standard deviation of the logarithm of a stage's time; 0: every run takes the same
public record SpeechProfile(
    double cost,
    double firstAudioSeconds,
    double charactersPerSecond,
    double overheadSeconds,
    double spread) {
  /// A sentence as `engine.synthesis.CostMeter` takes it for usual.
  public static final int USUAL_CHARACTERS = 60;

  /// The first audio of a sentence costs as much as this many characters beside those it has, as
  /// `CostMeter` takes it.
  private static final int FIXED_CHARACTERS = 60;

  private static final int MOST_CHARACTERS = 400;

  public SpeechProfile {
    if (!(cost > 0) || !(firstAudioSeconds > 0) || !(charactersPerSecond > 0)) {
      throw new IllegalArgumentException("costs and speed must be above 0");
    }
    if (overheadSeconds < 0 || spread < 0) {
      throw new IllegalArgumentException("overhead and spread must not be below 0");
    }
  }

  /// Seconds of a thread up to the first audio of a sentence.
  double firstAudioSeconds(int characters) {
    return firstAudioSeconds
        * (FIXED_CHARACTERS + Math.min(characters, MOST_CHARACTERS))
        / (FIXED_CHARACTERS + USUAL_CHARACTERS);
  }

  double audioSeconds(int characters) {
    return characters / charactersPerSecond;
  }
}
