package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.VoiceLoader.Placement;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoicePair;
import java.nio.file.Path;

/// The tiny Kokoro voice, for tests of every family.
public final class TinyKokoro {
  private TinyKokoro() {}

  /// Loads it.
  ///
  /// @param folder for its files
  public static VoiceModel open(Path folder) {
    KokoroFixture fixture = new KokoroFixture(folder);
    return fixture.load(fixture.copy(KokoroFixture.TINY));
  }

  /// Loads it onto accelerators, and onto the CPU.
  ///
  /// @param folder for its files
  public static VoicePair pair(Path folder, InferenceRuntime accelerated) {
    KokoroFixture fixture = new KokoroFixture(folder, accelerated);
    Path voice = fixture.copy(KokoroFixture.TINY);
    return new VoicePair(
        fixture.load(voice, Placement.CPU), fixture.load(voice), fixture.accelerators);
  }
}
