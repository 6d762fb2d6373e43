package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.voice.WordTimingRequest;

/// What a voice is given to say.
///
/// @param text written out
/// @param asked its words; none when nobody asks and none has a sound of its own
record VerbalizedSegment(String text, WordTimingRequest asked) {}
