package dev.ttsworker.http;

import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.SessionManager;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;

/// Synthesis for the page, on the same path as for any client: a session of its own, one call, the
/// same admission and limits.
public final class PageSynthesis {
  /// About a minute of speech.
  private static final int MAX_TEXT_CHARS = 1_000;

  private final SessionManager sessions;
  private final Executor speakers;
  private final int longestText;

  /// @param speakers runs each call on a virtual thread
  /// @param maxChunkChars `limits.max_chunk_chars`
  public PageSynthesis(SessionManager sessions, Executor speakers, int maxChunkChars) {
    this.sessions = sessions;
    this.speakers = speakers;
    this.longestText = Math.min(MAX_TEXT_CHARS, maxChunkChars);
  }

  /// Maximum characters of one text.
  int longestText() {
    return longestText;
  }

  /// Synthesizes a text and returns when everything is written. The call is cancelled when the
  /// client disconnects.
  ///
  /// @throws IOException when the client has disconnected, or the call failed after its first audio
  /// @throws dev.ttsworker.error.WorkerException when it failed before
  void speak(SpeakRequest request, AudioResponseWriter spoken) throws IOException {
    String id = "page-" + UUID.randomUUID();
    String _ = sessions.start(id, request.model(), Map.of());
    try {
      CallTask opened = sessions.openCall(id, spoken);
      Call call = opened.call();
      call.appendText(request.text());
      call.endText();
      try {
        speakers.execute(() -> opened.speak());
      } catch (Throwable e) {
        opened.abandon(e);
        throw e;
      }
      try {
        spoken.write(call::onReceiverReady);
      } finally {
        call.onCallerGone();
      }
    } finally {
      sessions.end(id);
    }
  }
}
