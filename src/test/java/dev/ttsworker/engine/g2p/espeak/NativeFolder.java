package dev.ttsworker.engine.g2p.espeak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// Where the build unpacks eSpeak NG.
public final class NativeFolder {
  private NativeFolder() {}

  public static Path path() {
    return Path.of(Objects.requireNonNull(System.getProperty("tts.native.directory")));
  }

  static EspeakServices services(Duration patience) {
    EspeakFiles files = EspeakFiles.find(path(), List.of());
    return EspeakServices.of(new EspeakCommand(files), Duration.ofSeconds(15), patience);
  }

  public static EspeakPool pool(int copies) {
    return new EspeakPool(path(), copies, Thread.ofPlatform().daemon().factory());
  }
}
