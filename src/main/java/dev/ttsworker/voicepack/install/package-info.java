/// Installs, verifies and removes voices: over HTTPS or with pip, at once and complete or not at
/// all.
@NullMarked
package dev.ttsworker.voicepack.install;

import org.jspecify.annotations.NullMarked;
