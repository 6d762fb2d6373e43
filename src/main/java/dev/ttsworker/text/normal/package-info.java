/// Writes out what stands in a text as figures, signs and abbreviations, as a person would say it.
///
/// Uses: nothing.
@NullMarked
package dev.ttsworker.text.normal;

import org.jspecify.annotations.NullMarked;
