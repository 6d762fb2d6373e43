/// Reads YAML that people write: bounded, without constructing anything, with line numbers.
///
/// Uses: nothing; snakeyaml.
@NullMarked
package dev.ttsworker.yaml;

import org.jspecify.annotations.NullMarked;
