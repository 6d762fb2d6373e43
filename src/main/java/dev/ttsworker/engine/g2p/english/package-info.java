/// English front end in pure Java, American and British: lexicons, tagger, heteronyms, unknown
/// words.
///
/// Uses: engine.g2p, engine.text, error; engine.graph and Jackson only to compile the data.
@NullMarked
package dev.ttsworker.engine.g2p.english;

import org.jspecify.annotations.NullMarked;
