/// Typed worker.yaml: one record for each section.
@NullMarked
package dev.ttsworker.config;

import org.jspecify.annotations.NullMarked;
