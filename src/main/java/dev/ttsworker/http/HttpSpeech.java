package dev.ttsworker.http;

import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.SessionManager;
import dev.ttsworker.session.StandaloneCall;
import java.io.IOException;
import java.util.concurrent.Executor;

/// Speech over HTTP, on the same path as for any client: a call with a session of its own, the same
/// admission and limits. Thread-safe.
public final class HttpSpeech {
  private final SessionManager sessions;
  private final Executor speakers;

  /// @param speakers runs each call on a virtual thread
  public HttpSpeech(SessionManager sessions, Executor speakers) {
    this.sessions = sessions;
    this.speakers = speakers;
  }

  /// Synthesizes a text and returns when everything is written. The call is cancelled when the
  /// client disconnects.
  ///
  /// @throws IOException when the client has disconnected, or the call failed after its first audio
  /// @throws dev.ttsworker.error.WorkerException when it failed before
  public void speak(StandaloneCall asked, String text, AudioResponseWriter spoken)
      throws IOException {
    CallTask opened = sessions.openCall(asked, spoken);
    Call call = opened.call();
    call.appendText(text);
    call.endText();
    opened.speakOn(speakers);
    try {
      spoken.write(call::onReceiverReady);
    } finally {
      call.onCallerGone();
    }
  }
}
