/// The typed worker.yaml: what the file, the environment and the command line ask for.
///
/// Uses: error; snakeyaml.
@NullMarked
package dev.ttsworker.config;

import org.jspecify.annotations.NullMarked;
