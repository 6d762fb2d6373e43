/// HTTP interface of Piper's own server: text in, a WAV stream out.
@NullMarked
package dev.ttsworker.http.piper;

import org.jspecify.annotations.NullMarked;
