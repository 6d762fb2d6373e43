/// What an author says about how a text is said: marks in it, and lexicons.
///
/// Uses: text, yaml, error.
@NullMarked
package dev.ttsworker.text.markup;

import org.jspecify.annotations.NullMarked;
