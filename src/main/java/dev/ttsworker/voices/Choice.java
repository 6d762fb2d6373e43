package dev.ttsworker.voices;

import dev.ttsworker.voicepack.Voicepack;
import java.util.Optional;

/// Model resolution: what a client's model id means.
///
/// @param voicepack the installed voice; empty only for a default model that is not installed
/// @param isDefault whether it is the default model, for which the fallback may speak
/// @param note empty, or that an alias is in use
record Choice(Optional<Voicepack> voicepack, boolean isDefault, String note) {}
