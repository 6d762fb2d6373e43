package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.voice.WordTimingRequest;

/// Verbalized segment: the text that a voice is given.
///
/// @param text written out
/// @param asked its words; none when nobody asks and none has a sound of its own
record VerbalizedSegment(String text, WordTimingRequest asked) {}
