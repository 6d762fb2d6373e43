/// `tts-worker bench`: what is measured in which order, the report as text, JSON and HTML, the
/// reference designs of this build.
@NullMarked
package dev.ttsworker.bench;

import org.jspecify.annotations.NullMarked;
