/// Finds, validates and installs voices on disk.
///
/// Uses: error; YAML and JSON readers.
@NullMarked
package dev.ttsworker.voicepack;

import org.jspecify.annotations.NullMarked;
