/// What a voice family is: a segment to windows of samples at its own rate.
@NullMarked
package dev.ttsworker.engine.voice;

import org.jspecify.annotations.NullMarked;
