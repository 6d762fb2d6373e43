package dev.ttsworker.voicepack;

/// Scan problem: what keeps a voice, or a part of its description, from being used.
///
/// @param folder where, from the root's own name down, such as `voicepacks/piper/x`
/// @param reason what is wrong and what is allowed, on one line
public record Problem(String folder, String reason) {
  /// Both on one line, for people.
  @Override
  public String toString() {
    return folder + ": " + reason;
  }
}
