package dev.ttsworker.session;

import dev.ttsworker.engine.AudioFormat;
import java.time.Duration;

/// Bounds and format of one call.
///
/// @param maxLead the lead at which synthesis pauses
/// @param maxPause a call paused for longer ends
record CallLimits(Duration maxLead, Duration maxPause, AudioFormat format) {}
