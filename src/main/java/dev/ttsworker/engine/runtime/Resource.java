package dev.ttsworker.engine.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Reader of the graphs that come with the program.
final class Resource {
  private Resource() {}

  /// @param name of a file beside this class
  static byte[] read(String name) {
    try (InputStream graph = Resource.class.getResourceAsStream(name)) {
      if (graph == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return graph.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
