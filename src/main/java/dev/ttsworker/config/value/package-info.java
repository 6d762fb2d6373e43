/// Types of values, and what is allowed of them.
@NullMarked
package dev.ttsworker.config.value;

import org.jspecify.annotations.NullMarked;
