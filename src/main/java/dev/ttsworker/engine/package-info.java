/// The engine's door: text of a call in, frames of audio out, and the few types for that.
@NullMarked
package dev.ttsworker.engine;

import org.jspecify.annotations.NullMarked;
