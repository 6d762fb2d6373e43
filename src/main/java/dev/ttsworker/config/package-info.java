/// The typed worker.yaml: every setting that the worker has.
@NullMarked
package dev.ttsworker.config;

import org.jspecify.annotations.NullMarked;
