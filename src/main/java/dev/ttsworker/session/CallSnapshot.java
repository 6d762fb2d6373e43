package dev.ttsworker.session;

import java.time.Duration;

/// What a running call looks like at one moment, for people to see; never its text.
///
/// @param age time since it was opened
/// @param lead audio that left and has not been heard yet; negative when the listener waits, zero
///   before the first frame
public record CallSnapshot(String modelId, Duration age, Phase phase, Duration lead) {
  /// What it is doing.
  public enum Phase {
    /// Nothing has been heard yet.
    STARTING,
    /// There is no capacity for it yet.
    QUEUED,
    SPEAKING,
    /// Everything that came in is spoken.
    AWAITING_TEXT,
    /// The reader takes no more frames for now.
    AWAITING_READER,
    PAUSED
  }
}
