/// Which voices and language data can be installed, and their sources.
@NullMarked
package dev.ttsworker.voicepack.catalogue;

import org.jspecify.annotations.NullMarked;
