package dev.ttsworker.engine.voice.tone;

import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.voicepack.Voicepack;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The built-in tone, for tests of every family.
public final class Tone {
  private Tone() {}

  public static VoiceModel open() {
    return new ToneVoice(
        new Voicepack("mock-440hz", "mock", Optional.empty(), List.of("en"), Map.of()));
  }
}
