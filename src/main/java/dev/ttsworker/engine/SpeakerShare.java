package dev.ttsworker.engine;

/// Share of a speaker in a blend of several.
///
/// @param speaker its number
/// @param weight more than 0, at most 1; those of a blend are 1 together
public record SpeakerShare(int speaker, double weight) {
  public SpeakerShare {
    if (speaker < 0 || !(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException("speaker " + speaker + " with the weight " + weight);
    }
  }
}
