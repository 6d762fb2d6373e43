package dev.ttsworker.http;

import dev.ttsworker.engine.AudioEncoding;
import dev.ttsworker.session.Protocol;
import dev.ttsworker.session.StandaloneCall;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Synthesis for the page.
public final class PageSynthesis {
  /// About a minute of speech.
  private static final int MAX_TEXT_CHARS = 1_000;

  private final HttpSpeech speech;
  private final int longestText;

  /// @param maxChunkChars `limits.max_chunk_chars`
  public PageSynthesis(HttpSpeech speech, int maxChunkChars) {
    this.speech = speech;
    this.longestText = Math.min(MAX_TEXT_CHARS, maxChunkChars);
  }

  /// Maximum characters of one text.
  int longestText() {
    return longestText;
  }

  /// Synthesizes a text as [HttpSpeech#speak].
  void speak(SpeakRequest request, AudioResponseWriter spoken) throws IOException {
    speech.speak(
        new StandaloneCall(
            Protocol.PAGE, request.model(), Map.of(), AudioEncoding.PCM_S16LE, Optional.empty()),
        request.text(),
        spoken);
  }
}
