/// Download, verification and removal of voices.
@NullMarked
package dev.ttsworker.voicepack.install;

import org.jspecify.annotations.NullMarked;
