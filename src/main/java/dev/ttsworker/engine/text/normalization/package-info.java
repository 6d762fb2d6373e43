/// Text normalization: verbalization of numbers, dates, signs and abbreviations.
@NullMarked
package dev.ttsworker.engine.text.normalization;

import org.jspecify.annotations.NullMarked;
