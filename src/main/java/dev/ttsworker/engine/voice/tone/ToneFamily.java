package dev.ttsworker.engine.voice.tone;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.voicepack.Voicepack;

/// The built-in tone; nothing is read from disk.
public final class ToneFamily implements VoiceFamily {
  @Override
  public String name() {
    return Voicepack.MOCK_FAMILY;
  }

  @Override
  public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
    return new ToneVoice(voicepack);
  }
}
