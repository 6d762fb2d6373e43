package dev.ttsworker.engine.g2p.english;

import java.nio.file.Path;

/// Compiles the front end's data from a folder of source files, as the installation of a voice
/// does.
///
/// Usage: `CompileEnglishData FOLDER FILE`.
final class CompileEnglishData {
  private CompileEnglishData() {}

  public static void main(String[] arguments) {
    EnglishData.compile(Path.of(arguments[0]), Path.of(arguments[1]));
  }
}
