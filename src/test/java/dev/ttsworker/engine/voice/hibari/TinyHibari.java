package dev.ttsworker.engine.voice.hibari;

import dev.ttsworker.engine.runtime.FakeAccelerators;
import dev.ttsworker.engine.runtime.InferenceRuntime;
import dev.ttsworker.engine.runtime.Runtimes;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.VoicePair;
import dev.ttsworker.voicepack.Voicepack;
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

  /// Loads it onto accelerators, and with the same decoder of floats onto the CPU.
  ///
  /// @param folder for its files
  public static VoicePair pair(Path folder, InferenceRuntime accelerated) {
    HibariFixture played = new HibariFixture(folder, new FakeAccelerators(Runtimes.cpu(2), 1));
    Voicepack pack = played.install(HibariFixture.TINY);
    HibariFixture fixture = new HibariFixture(folder, accelerated);
    return new VoicePair(played.load(pack), fixture.load(pack), fixture.accelerators);
  }
}
