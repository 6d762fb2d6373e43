/// Reads the configuration: command line over environment over file over default.
///
/// Uses: config, config.value, yaml, error.
@NullMarked
package dev.ttsworker.config.reader;

import org.jspecify.annotations.NullMarked;
