/// The typed worker.yaml: every setting that the worker has.
///
/// Uses: nothing.
@NullMarked
package dev.ttsworker.config;

import org.jspecify.annotations.NullMarked;
