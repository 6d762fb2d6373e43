/// SSML, IPA in brackets, lexicon lookup.
@NullMarked
package dev.ttsworker.engine.text.markup;

import org.jspecify.annotations.NullMarked;
