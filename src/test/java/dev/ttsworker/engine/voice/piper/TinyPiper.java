package dev.ttsworker.engine.voice.piper;

import dev.ttsworker.engine.voice.VoiceModel;
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
}
