package dev.ttsworker.phoneme;

import java.nio.file.Path;
import java.util.Objects;

/// Where the build unpacks eSpeak NG.
final class NativeFolder {
  private NativeFolder() {}

  static Path path() {
    return Path.of(Objects.requireNonNull(System.getProperty("tts.native.directory")));
  }

  static EspeakPool pool(int copies) {
    return new EspeakPool(path(), copies, Thread.ofPlatform().daemon().factory());
  }
}
