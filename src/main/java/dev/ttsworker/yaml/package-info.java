/// Reads YAML that people write: bounded, without constructing anything, with line numbers.
@NullMarked
package dev.ttsworker.yaml;

import org.jspecify.annotations.NullMarked;
