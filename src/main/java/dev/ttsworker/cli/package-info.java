/// Commands.
@NullMarked
package dev.ttsworker.cli;

import org.jspecify.annotations.NullMarked;
