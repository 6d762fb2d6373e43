package dev.ttsworker.voice.piper;

import java.nio.file.Path;

/// Names files for people without telling where this machine keeps them.
final class FileNames {
  private FileNames() {}

  /// Folder and file.
  static String of(Path file) {
    int parts = file.getNameCount();
    return file.subpath(Math.max(0, parts - 2), parts).toString();
  }
}
