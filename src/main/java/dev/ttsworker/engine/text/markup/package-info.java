/// What an author says about how a text is said: marks in it, and lexicons.
@NullMarked
package dev.ttsworker.engine.text.markup;

import org.jspecify.annotations.NullMarked;
