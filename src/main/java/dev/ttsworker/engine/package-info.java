/// The engine's door: text of a call in, frames of audio out, and nothing else to know.
@NullMarked
package dev.ttsworker.engine;

import org.jspecify.annotations.NullMarked;
