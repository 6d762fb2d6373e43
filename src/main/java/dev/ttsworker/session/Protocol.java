package dev.ttsworker.session;

import java.util.Locale;

/// Protocol by which a call came.
public enum Protocol {
  /// `tts.TTSService`.
  TTS,
  /// `nvidia.riva.tts.RivaSpeechSynthesis`.
  RIVA,
  /// The speech endpoint of OpenAI's HTTP interface.
  OPENAI,
  /// The Wyoming protocol of Home Assistant.
  WYOMING,
  /// The HTTP interface of Piper's own server.
  PIPER_HTTP,
  /// The worker's page.
  PAGE;

  /// Its name in metrics and session ids.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
