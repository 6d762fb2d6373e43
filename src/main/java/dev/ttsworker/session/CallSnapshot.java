package dev.ttsworker.session;

import java.time.Duration;

/// Snapshot of a running call, for the status page; never its text.
///
/// @param age time since it was opened
/// @param lead audio that left and is not yet played; negative during an underrun, zero before the
///   first frame
public record CallSnapshot(
    Protocol protocol, String modelId, Duration age, Phase phase, Duration lead) {
  /// What the call does.
  public enum Phase {
    /// No frame has left yet.
    STARTING,
    /// It waits for admission.
    QUEUED,
    SPEAKING,
    /// All received text is spoken.
    AWAITING_TEXT,
    /// The reader takes no more frames at present.
    AWAITING_READER,
    PAUSED
  }
}
