/// Download, verification and removal of voices and language data.
@NullMarked
package dev.ttsworker.voicepack.install;

import org.jspecify.annotations.NullMarked;
