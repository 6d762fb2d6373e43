/// Text normalization: verbalizes numbers, dates, abbreviations and signs.
@NullMarked
package dev.ttsworker.engine.text.normalization;

import org.jspecify.annotations.NullMarked;
