/// Text normalization of languages other than English: one set of rules, a file of data for each
/// language. Uses: the rule machinery of `engine.text.normalization`.
@NullMarked
package dev.ttsworker.engine.text.normalization.language;

import org.jspecify.annotations.NullMarked;
