package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.voice.VoiceModel;
import java.nio.file.Path;

/// The tiny hibari voice, for tests of every family.
public final class TinyHibari {
  private TinyHibari() {}

  /// Loads it.
  ///
  /// @param folder for its files
  public static VoiceModel open(Path folder) {
    HibariFixture fixture = new HibariFixture(folder);
    return fixture.load(fixture.install(HibariFixture.TINY));
  }
}
