/// Bounded, safe YAML with line numbers.
@NullMarked
package dev.ttsworker.yaml;

import org.jspecify.annotations.NullMarked;
