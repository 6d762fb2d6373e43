/// One caller's conversation: state, ordered text, pause, resume and stop, limits.
///
/// Uses: synthesis, voice, inference, model, metrics, config, error.
@NullMarked
package dev.ttsworker.session;

import org.jspecify.annotations.NullMarked;
