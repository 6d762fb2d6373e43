package dev.ttsworker.voicepack;

import dev.ttsworker.error.WorkerException;
import java.nio.file.Path;

/// Language data format: what voices of a language need beside their own files, such as lexicons.
/// Compiled once, at the installation, from other people's files to one file in the voicepack root,
/// which all voices share. Found by [DataFormats]. Thread-safe.
public interface DataFormat {
  /// The id under which the data are installed, such as `english`; a valid model id, and that of no
  /// voice.
  String id();

  /// Compiles the data.
  ///
  /// @param sourceFolder has the files that the catalogue names
  /// @param file written; its folder exists
  /// @throws WorkerException `INSTALL_FAILED`, naming the file that is missing, damaged or of
  ///   another kind
  void compile(Path sourceFolder, Path file);

  /// Reads and checks the head of the compiled file, which says its version; quick.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when it is missing or of another version
  void checkHead(Path file);

  /// Reads and checks the whole compiled file.
  ///
  /// @throws WorkerException `INVALID_VOICEPACK` when it is missing, damaged or of another version
  void check(Path file);
}
