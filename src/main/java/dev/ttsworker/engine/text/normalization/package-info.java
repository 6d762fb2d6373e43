/// Writes out what stands in a text as figures, signs and abbreviations, as a person would say it.
@NullMarked
package dev.ttsworker.engine.text.normalization;

import org.jspecify.annotations.NullMarked;
