/// Configuration loader: command line over environment over file over default.
@NullMarked
package dev.ttsworker.config.reader;

import org.jspecify.annotations.NullMarked;
