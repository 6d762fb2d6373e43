package dev.ttsworker.engine.voice.tone;

import dev.ttsworker.engine.voice.Voice;
import dev.ttsworker.engine.voice.VoiceLoader;
import dev.ttsworker.voicepack.Voicepack;

/// Makes the built-in tone; nothing is read from disk.
public final class ToneVoiceLoader implements VoiceLoader {
  @Override
  public Voice load(Voicepack voicepack, Placement placement) {
    return new ToneVoice(voicepack);
  }
}
