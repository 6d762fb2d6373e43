package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.catalogue.CataloguePart;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Where one installation takes files from. For one thread; closed at its end.
interface PartFetcher extends AutoCloseable {
  /// Puts all files of a part into `folder`, each as the catalogue says.
  ///
  /// @param check refuses a file that has no checksum with a `WorkerException`
  /// @return where they came from, for people
  /// @throws IOException when that is not possible; the message says why
  /// @throws InterruptedIOException when interrupted
  String fetch(CataloguePart part, Path folder, Consumer<Path> check, InstallProgress progress)
      throws IOException;

  @Override
  void close() throws IOException;
}
