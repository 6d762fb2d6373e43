package dev.ttsworker.synthesis;

import dev.ttsworker.voice.AskedWords;

/// What a voice is given to say.
///
/// @param text written out
/// @param asked its words; none when nobody asks and none has a sound of its own
record Script(String text, AskedWords asked) {}
