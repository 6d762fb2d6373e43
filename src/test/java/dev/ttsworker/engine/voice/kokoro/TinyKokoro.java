package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.voice.VoiceModel;
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
}
