/// Which voices can be installed, from where, and what their files must be.
@NullMarked
package dev.ttsworker.voicepack.catalogue;

import org.jspecify.annotations.NullMarked;
