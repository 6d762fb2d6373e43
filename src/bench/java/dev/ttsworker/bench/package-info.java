/// `tts-worker bench`: what is measured in which order, and the reference designs of this build.
@NullMarked
package dev.ttsworker.bench;

import org.jspecify.annotations.NullMarked;
