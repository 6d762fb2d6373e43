package dev.ttsworker.engine.voice.kokoro;

import dev.ttsworker.engine.graph.StyleInterface;
import dev.ttsworker.engine.voice.cache.ManifestEntries;
import dev.ttsworker.engine.voice.cache.PartFolders;
import dev.ttsworker.voicepack.FileHashes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rewritten graph of a Kokoro voice on disk, with a manifest: the tensor names and the file's
/// hash. Close it when the graph is in memory: a temporary folder is removed then.
record KokoroFiles(Path folder, StyleInterface names, boolean temporary) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KokoroFiles.class);
  private static final String GRAPH = "float.onnx";
  private static final String CHECKSUM = "checksum." + GRAPH;

  static Path graph(Path folder) {
    return folder.resolve(GRAPH);
  }

  /// Writes the manifest of a graph that is there.
  static void write(Path folder, StyleInterface names) throws IOException {
    Properties entries = new Properties();
    entries.setProperty("phonemes", names.phonemes());
    entries.setProperty("style", names.style());
    entries.setProperty("speed", names.speed());
    entries.setProperty("audio", names.audio());
    entries.setProperty(CHECKSUM, FileHashes.checksum(graph(folder)));
    ManifestEntries.write(folder, entries);
  }

  /// The graph, if the folder is there and holds exactly what was written.
  static Optional<KokoroFiles> read(Path folder) {
    if (!ManifestEntries.isIn(folder)) {
      return Optional.empty();
    }
    try {
      Properties entries = ManifestEntries.read(folder);
      if (!FileHashes.checksum(graph(folder)).equals(entries.getProperty(CHECKSUM))) {
        return Optional.empty();
      }
      StyleInterface names =
          new StyleInterface(
              ManifestEntries.required(entries, "phonemes"),
              ManifestEntries.required(entries, "style"),
              ManifestEntries.required(entries, "speed"),
              ManifestEntries.required(entries, "audio"));
      return Optional.of(new KokoroFiles(folder, names, false));
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("The graph in {} is not used: {}", folder.getFileName(), e.toString());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    new PartFolders.Kept(folder, temporary).close();
  }
}
