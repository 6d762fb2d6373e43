package dev.ttsworker.session;

/// End of a call that did not fail, as its final frame says it.
///
/// @param receipt what had left, the final frame included
public record Ending(CallEnd reason, Receipt receipt) {}
