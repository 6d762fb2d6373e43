package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoicePair;
import dev.ttsworker.voicepack.Voicepack;
import java.nio.file.Path;

/// The tiny Piper voice, for tests of every family.
public final class TinyPiper {
  private TinyPiper() {}

  /// Loads it.
  ///
  /// @param folder for its files
  public static VoiceModel open(Path folder) {
    PiperFixture fixture = new PiperFixture(folder);
    return fixture.load(fixture.install("tiny"));
  }

  /// Loads it onto accelerators, and onto the CPU.
  ///
  /// @param folder for its files
  public static VoicePair pair(Path folder, InferenceRuntime accelerated) {
    PiperFixture fixture = new PiperFixture(folder, accelerated);
    Voicepack pack = fixture.install("tiny");
    return new VoicePair(
        fixture.load(pack), fixture.loader().load(pack, Placement.PREFERRED), fixture.accelerators);
  }
}
