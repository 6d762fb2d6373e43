package dev.ttsworker.engine.voice.tone;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.voice.VoiceFamily;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoiceServices;
import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Built-in tone family; nothing is read from disk.
public final class ToneFamily implements VoiceFamily {
  private static final String FAMILY = "mock";

  @Override
  public String family() {
    return FAMILY;
  }

  @Override
  public List<Voicepack> builtIn() {
    return List.of(
        new Voicepack(
            "mock-440hz",
            FAMILY,
            Optional.empty(),
            // It sounds the same in every language; clients choose voices by this one.
            List.of("en"),
            Map.of("description", "built-in 440 Hz tone, 500 ms for each text chunk")));
  }

  @Override
  public Contents read(Path folder) {
    throw new WorkerException(
        ErrorCode.INVALID_VOICEPACK, "the built-in tone has no voices on disk");
  }

  @Override
  public VoiceModel load(Voicepack voicepack, Placement placement, VoiceServices services) {
    return new ToneVoice(voicepack);
  }
}
