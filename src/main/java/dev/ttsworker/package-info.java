/// Builds every part in order and closes them in reverse.
///
/// Uses: every package but cli.
@NullMarked
package dev.ttsworker;

import org.jspecify.annotations.NullMarked;
