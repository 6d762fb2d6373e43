/// Audio codecs and containers for streams: WAV, Ogg Opus, MP3.
@NullMarked
package dev.ttsworker.codec;

import org.jspecify.annotations.NullMarked;
