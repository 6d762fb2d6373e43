/// The types of settings: from what was written to a value, or to the words for what is allowed.
@NullMarked
package dev.ttsworker.config.value;

import org.jspecify.annotations.NullMarked;
