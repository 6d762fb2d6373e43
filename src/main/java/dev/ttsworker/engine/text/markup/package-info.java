/// Markup and lexicons: pronunciation, pauses and prosody in the text.
@NullMarked
package dev.ttsworker.engine.text.markup;

import org.jspecify.annotations.NullMarked;
